using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Data;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Values;

/// <summary>
/// <c>Variable:NAME</c>: what robots of the run have put aside for later ones. Declared by the setting <c>variable</c> of a robot of the
/// stage; until that robot has run it is empty, and a name that no robot sets is unknown.
/// </summary>
internal sealed class RunVariables(RunMemory memory, IUnitOfWork work) : IValueRoot
{
    public const string Root = "Variable";

    public IReadOnlyCollection<string> Objects => [Root];

    public bool Knows(string path, ValuePlace place) => Stages.StageAutomation.VariablesOf(place.Config).Contains(path[(Root.Length + 1)..]);

    public async ValueTask<IValueSource> OpenAsync(ValueDemand demand, IReadOnlyCollection<string> paths, CancellationToken ct)
    {
        if (demand.Run is not { } run) return new ValueTable(Root, new Dictionary<string, Value>());

        var values = run.Variables is { } json ? TypedJson.ReadMap(json) : new(StringComparer.OrdinalIgnoreCase);
        foreach (var name in (await memory.AutomationOfAsync(run, ct))?.Variables ?? new HashSet<string>()) values.TryAdd(name, Value.Null);
        return new ValueTable(Root, values);
    }

    /// <summary>Sets variables of a run; an empty value empties one.</summary>
    public void Set(Run run, IReadOnlyDictionary<string, Value> values)
    {
        var variables = run.Variables is { } json ? TypedJson.ReadMap(json) : new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in values) variables[name] = value;
        run.Variables = TypedJson.Write(variables);
        work.Changes.Add(work.Changes.ChangedRuns, run);
    }
}

/// <summary>Values read beforehand, behind <c>Root:</c>.</summary>
internal sealed class ValueTable(string root, IReadOnlyDictionary<string, Value> values) : IValueSource
{
    public Value? Get(string path) =>
        path.Length > root.Length && path.StartsWith(root, StringComparison.OrdinalIgnoreCase) && path[root.Length] == ':' ? values.GetValueOrDefault(path[(root.Length + 1)..]) : null;
}
