using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AutomationCrm.Web.Rest.Protocol.Query;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>The checked parameters of a call, read by name in any letter case. Text "None" of clients that stringify is not given.</summary>
internal sealed class RestArguments
{
    private readonly RestMap _tree;

    private RestArguments(RestMap tree) => _tree = tree;

    /// <summary>All parameters as they came, unknown ones included.</summary>
    public RestMap All => _tree;

    public static RestArguments Bind(RestMethod method, RestMap tree)
    {
        var bound = new RestMap();
        foreach (var (key, value) in tree) bound[Canonical(method, key)] = value;
        RestBinding.Check(method, bound);
        return new RestArguments(bound);
    }

    public RestValue? Find(string name) => _tree.FindAnyCase(name) is { } value && !IsAbsent(value) ? value : null;

    public bool Has(string name) => Find(name) is not null;

    public string? Text(string name) => Find(name)?.Text;

    public long? Whole(string name) => TryWhole(Find(name), out var number) ? number : null;

    /// <summary>A required id; the binder has checked it.</summary>
    public long Id(string name) => Whole(name) ?? throw new InvalidOperationException($"The parameter {name} is not declared as required.");

    public bool? Flag(string name) => TryFlag(Find(name), out var flag) ? flag : null;

    /// <summary>A map parameter; an empty one when it is not given.</summary>
    public RestValue Map(string name) => Find(name) is { IsContainer: true } map ? map : new RestMap();

    public IReadOnlyList<RestValue> List(string name) => Find(name) switch
    {
        { IsContainer: true } list => [.. list.Entries.Select(e => e.Value)],
        { } one => [one],
        null => [],
    };

    public RestPage Page() => RestPage.Parse(Find("start"));

    internal static bool IsAbsent(RestValue value) => value is RestNull || (value is RestText { Text: "" or "None" or "null" });

    internal static bool TryWhole(RestValue? value, out long number)
    {
        number = 0;
        if (value is RestNumber n)
        {
            if (n.Number != decimal.Truncate(n.Number) || n.Number is < long.MinValue or > long.MaxValue) return false;
            number = (long)n.Number;
            return true;
        }

        return value is RestText t && long.TryParse(t.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number);
    }

    internal static bool TryFlag([NotNullWhen(true)] RestValue? value, out bool flag)
    {
        flag = value is RestBool { Flag: true } || value?.Text?.ToUpperInvariant() is "Y" or "1" or "TRUE";
        return flag || value is RestBool || value?.Text?.ToUpperInvariant() is "N" or "0" or "FALSE";
    }

    private static string Canonical(RestMethod method, string key)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Name.Equals(key, StringComparison.OrdinalIgnoreCase)) return parameter.Name;
            if (parameter.Aliases.Any(a => a.Equals(key, StringComparison.OrdinalIgnoreCase))) return parameter.Name;
        }

        return key;
    }
}
