using AutomationCrm.Application.Data;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Values;

/// <summary><c>GlobalConst:CODE</c> as configured.</summary>
internal sealed class GlobalConstants(IUnitOfWork work) : IValueRoot
{
    public const string Root = "GlobalConst";

    public IReadOnlyCollection<string> Objects => [Root];

    public bool Knows(string path, ValuePlace place) => place.Portal.GlobalValues.TryGetValue(path[(Root.Length + 1)..], out var value) && value.IsConstant;

    public ValueTask<IValueSource> OpenAsync(ValueDemand demand, IReadOnlyCollection<string> paths, CancellationToken ct) =>
        new(new ValueTable(Root, work.Portal.GlobalValues.Values.Where(g => g.IsConstant).ToDictionary(g => g.Code, g => g.Current, StringComparer.OrdinalIgnoreCase)));
}

/// <summary><c>GlobalVar:CODE</c> as it is at the robot's turn, with what this unit has set and not written yet.</summary>
internal sealed class GlobalVariables(CrmDbContext db, IUnitOfWork work) : IValueRoot
{
    public const string Root = "GlobalVar";

    public IReadOnlyCollection<string> Objects => [Root];

    public bool Knows(string path, ValuePlace place) => place.Portal.GlobalValues.TryGetValue(path[(Root.Length + 1)..], out var value) && !value.IsConstant;

    public async ValueTask<IValueSource> OpenAsync(ValueDemand demand, IReadOnlyCollection<string> paths, CancellationToken ct)
    {
        var wanted = paths.Select(p => work.Portal.GlobalValues.GetValueOrDefault(p[(Root.Length + 1)..])).OfType<GlobalValue>().Where(g => !g.IsConstant).Select(g => g.Code).Distinct().ToArray();
        var found = wanted.Length == 0 ? [] : await db.GlobalValues.AsNoTracking().Where(g => wanted.Contains(g.Code)).ToListAsync(ct);
        var values = found.ToDictionary(g => g.Code, g => g.Current, StringComparer.OrdinalIgnoreCase);
        foreach (var change in work.Changes.GlobalValues.Where(c => values.ContainsKey(c.Code))) values[change.Code] = GlobalValue.Read(change.Value);
        return new ValueTable(Root, values);
    }
}
