using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Data;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Values;

/// <summary><c>{=Variable:NAME}</c>: the variables of a run. One that no robot of the stage sets is unknown.</summary>
internal sealed class RunVariables(RunMemory memory, IUnitOfWork work) : IValueRoot
{
    public const string Object = "Variable";

    public IReadOnlyCollection<string> Objects { get; } = [Object];

    public bool Knows(string path, ValuePlace place) => StageAutomation.Compile(0, place.Config).Variables.Contains(NameOf(path));

    public async ValueTask<IValueSource> OpenAsync(ValueDemand demand, IReadOnlyCollection<string> paths, CancellationToken ct)
    {
        if (demand.Run is not { } run) return new Source(new Dictionary<string, Value>(), new HashSet<string>());

        var automation = await memory.AutomationOfAsync(run, ct);
        return new Source(run.Variables is { } json ? TypedJson.ReadMap(json) : [], automation?.Variables ?? new HashSet<string>());
    }

    /// <summary>Sets variables of a run; an empty value empties one.</summary>
    public void Set(Run run, IReadOnlyDictionary<string, Value> values)
    {
        var variables = run.Variables is { } json ? TypedJson.ReadMap(json) : new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in values) variables[name] = value;
        run.Variables = TypedJson.Write(variables);
        work.Changes.Add(work.Changes.ChangedRuns, run);
    }

    private static string NameOf(string path) => path[(path.IndexOf(':') + 1)..];

    private sealed class Source(IReadOnlyDictionary<string, Value> values, IReadOnlySet<string> known) : IValueSource
    {
        public Value? Get(string path)
        {
            var name = NameOf(path);
            return values.TryGetValue(name, out var value) ? value : known.Contains(name) ? Value.Null : null;
        }
    }
}
