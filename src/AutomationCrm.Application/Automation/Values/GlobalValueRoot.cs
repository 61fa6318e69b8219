using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Values;

/// <summary><c>{=GlobalVar:CODE}</c> as it is at this moment, <c>{=GlobalConst:CODE}</c> as configured. A value that does not exist is unknown.</summary>
internal sealed class GlobalValueRoot(CrmDbContext db, IUnitOfWork work) : IValueRoot
{
    public const string Variable = "GlobalVar";
    public const string Constant = "GlobalConst";

    public IReadOnlyCollection<string> Objects { get; } = [Variable, Constant];

    public bool Knows(string path, ValuePlace place) => Find(path, place.Portal) is not null;

    public async ValueTask<IValueSource> OpenAsync(ValueDemand demand, IReadOnlyCollection<string> paths, CancellationToken ct)
    {
        var wanted = paths.Select(p => Find(p, work.Portal)).OfType<GlobalValue>().Where(g => !g.IsConstant).Select(g => g.Code).Distinct().ToArray();
        return new Source(work.Portal, wanted.Length == 0 ? [] : await ReadAsync(wanted, ct));
    }

    private async Task<Dictionary<string, Value>> ReadAsync(string[] codes, CancellationToken ct)
    {
        var found = await db.GlobalValues.AsNoTracking().Where(g => codes.Contains(g.Code)).ToListAsync(ct);
        var values = found.ToDictionary(g => g.Code, g => g.Current, StringComparer.OrdinalIgnoreCase);
        // What this unit has set and not written yet.
        foreach (var change in work.Changes.GlobalValues.Where(c => values.ContainsKey(c.Code))) values[change.Code] = GlobalValue.Read(change.Value);
        return values;
    }

    private static GlobalValue? Find(string path, PortalSnapshot portal)
    {
        var colon = path.IndexOf(':');
        return portal.GlobalValues.TryGetValue(path[(colon + 1)..], out var value) && value.IsConstant == path[..colon].Equals(Constant, StringComparison.OrdinalIgnoreCase) ? value : null;
    }

    private sealed class Source(PortalSnapshot portal, Dictionary<string, Value> variables) : IValueSource
    {
        public Value? Get(string path) => Find(path, portal) is not { } value ? null : value.IsConstant ? value.Current : variables.GetValueOrDefault(value.Code);
    }
}
