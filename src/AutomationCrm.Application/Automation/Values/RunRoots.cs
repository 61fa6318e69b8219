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
internal sealed class RunRoots(CrmDbContext db, IUnitOfWork work, RunMemory memory) : IValueRoot
{
    public const string Variable = "Variable";
    public const string GlobalVariable = "GlobalVar";
    public const string GlobalConstant = "GlobalConst";

    public IReadOnlyCollection<string> Objects { get; } = [Variable, GlobalVariable, GlobalConstant];

    public bool Knows(string path, ValuePlace place) => Split(path) switch
    {
        (Variable, var name) => StageAutomation.Compile(0, place.Config).Variables.Contains(name),
        (var root, var name) => place.Portal.GlobalValues.TryGetValue(name, out var value) && value.IsConstant == (root == GlobalConstant),
    };

    public async ValueTask<IValueSource> OpenAsync(ValueDemand demand, IReadOnlyCollection<string> paths, CancellationToken ct)
    {
        string[] codes = [.. paths.Select(Split).Where(p => p.Object == GlobalVariable).Select(p => p.Name)];
        var globals = codes.Length == 0 ? null : await ReadAsync(codes, ct);
        var variables = demand.Run?.Variables is { } json ? TypedJson.ReadMap(json) : [];
        var known = demand.Run is { } run && await memory.AutomationOfAsync(run, ct) is { } automation ? automation.Variables : new HashSet<string>();
        return new Source(path => Split(path) switch
        {
            (Variable, var name) => variables.TryGetValue(name, out var value) ? value : known.Contains(name) ? Value.Null : null,
            (GlobalVariable, var name) => globals?.GetValueOrDefault(name),
            (_, var name) => work.Portal.GlobalValues.TryGetValue(name, out var value) && value.IsConstant ? value.Current : null,
        });
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

    private static (string Object, string Name) Split(string path) => path.IndexOf(':') is var colon and > 0 ? (path[..colon], path[(colon + 1)..]) : ("", path);

    private sealed class Source(Func<string, Value?> get) : IValueSource
    {
        public Value? Get(string path) => get(path);
    }
}
