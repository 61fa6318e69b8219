using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Data;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Values;

/// <summary>
/// What placeholders of a run see beside the item and results: <c>Variable</c> of the run, <c>GlobalVar</c> as it is at this moment,
/// <c>GlobalConst</c> as configured. A variable that no robot of the stage sets, and a global value that does not exist, are unknown.
/// </summary>
internal sealed class RunRoots(CrmDbContext db, IUnitOfWork work)
{
    public const string Variable = "Variable";
    public const string GlobalVariable = "GlobalVar";
    public const string GlobalConstant = "GlobalConst";

    public async ValueTask<IReadOnlyDictionary<string, Func<string, Value?>>> ForAsync(Run run, StageAutomation automation, RobotPlan plan, CancellationToken ct)
    {
        var globals = plan.GlobalVariables.Count == 0 ? null : await ReadAsync(plan.GlobalVariables, ct);
        Dictionary<string, Value>? variables = null;
        return new Dictionary<string, Func<string, Value?>>
        {
            [Variable] = name => (variables ??= run.Variables is { } json ? TypedJson.ReadMap(json) : []).TryGetValue(name, out var value) ? value
                : automation.Variables.Contains(name) ? Value.Null
                : null,
            [GlobalVariable] = name => globals?.GetValueOrDefault(name),
            [GlobalConstant] = name => work.Portal.GlobalValues.TryGetValue(name, out var value) && value.IsConstant ? value.Current : null,
        };
    }

    /// <summary>Sets variables of a run; an empty value empties one.</summary>
    public void Set(Run run, IReadOnlyDictionary<string, Value> values)
    {
        var variables = run.Variables is { } json ? TypedJson.ReadMap(json) : new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in values) variables[name] = value;
        run.Variables = TypedJson.Write(variables);
        work.Changes.Add(work.Changes.ChangedRuns, run);
    }

    private async Task<Dictionary<string, Value>> ReadAsync(IReadOnlyCollection<string> codes, CancellationToken ct)
    {
        var wanted = codes.Select(c => work.Portal.GlobalValues.GetValueOrDefault(c)).OfType<GlobalValue>().Where(g => !g.IsConstant).Select(g => g.Code).ToArray();
        var found = await db.GlobalValues.AsNoTracking().Where(g => wanted.Contains(g.Code)).ToListAsync(ct);
        var values = found.ToDictionary(g => g.Code, g => g.Current, StringComparer.OrdinalIgnoreCase);
        // What this unit has set and not written yet.
        foreach (var change in work.Changes.GlobalValues.Where(c => values.ContainsKey(c.Code))) values[change.Code] = GlobalValue.Read(change.Value);
        return values;
    }
}
