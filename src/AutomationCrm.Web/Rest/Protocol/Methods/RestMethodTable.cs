using System.Collections.Frozen;

namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>All methods of the server, built from groups; names are looked up in any letter case.</summary>
internal sealed class RestMethodTable
{
    private readonly FrozenDictionary<string, RestMethod> _byName;

    public RestMethodTable(params IEnumerable<IEnumerable<RestMethod>> groups)
    {
        Methods = [.. groups.SelectMany(g => g).OrderBy(m => m.Name, StringComparer.Ordinal)];
        var twice = Methods.GroupBy(m => m.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw new InvalidOperationException($"The REST method {twice.Key} is declared twice.");
        _byName = Methods.ToFrozenDictionary(m => m.Name, StringComparer.OrdinalIgnoreCase);
        Scopes = [.. Methods.Select(m => m.Scope).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<RestMethod> Methods { get; }

    public IReadOnlyList<string> Scopes { get; }

    public RestMethod? Find(string name) => _byName.GetValueOrDefault(name);
}
