using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Simulation;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Timing;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Tests.Diagrams;

/// <summary>
/// Plays a diagram: people and receivers wait, all other work is done at once. After every step the state is saved and loaded,
/// and the state before it must not have changed.
/// </summary>
internal sealed class Play
{
    private readonly Dictionary<ProcessState, string> written = new(ReferenceEqualityComparer.Instance);

    private Play(IEnumerable<ProcessModel> models, Func<StartWork, WorkAnswer?>? work, ExecutionLimits? limits)
    {
        Simulator = new(models, new()
        {
            Work = (_, w) => w.Task is UserTask ? null : work is null ? WorkAnswer.Done : work(w),
            Keep = Keep,
            Limits = limits ?? ExecutionLimits.Default,
        });
    }

    public Simulator Simulator { get; }

    public SimulatedInstance Instance => Simulator.Instances[0];

    public ProcessState State => Instance.State;

    public bool IsEnded => Simulator.Instances.All(i => !i.State.IsActive);

    /// <summary>Everything that waits, sorted, blanks between: <c>A B B</c>.</summary>
    public string Waiting => string.Join(' ', All().Where(w => w.Waiting is { Element: not CallActivity, Problem: null }).Select(w => w.Waiting.Element.Id).Order(StringComparer.Ordinal));

    /// <summary>Everything completed so far, in order.</summary>
    public IEnumerable<string> Completed => Simulator.Trace.Where(t => t.Entry.Kind == HistoryKind.Completed).Select(t => t.Instance.Model.Nodes[t.Entry.Element].Id);

    public IEnumerable<string> Cancelled => Simulator.Trace.Where(t => t.Entry.Kind == HistoryKind.Cancelled).Select(t => t.Instance.Model.Nodes[t.Entry.Element].Id);

    public IEnumerable<OpenIncident> Incidents => Simulator.Instances.SelectMany(i => StateView.Incidents(i.Model, i.State));

    public static Play Start(string diagram, params (string Name, object? Value)[] variables) => With([Diagram.Model(diagram)], null, variables);

    public static Play StartWorking(string diagram, Func<StartWork, WorkAnswer?> work, params (string Name, object? Value)[] variables) =>
        With([Diagram.Model(diagram)], work, variables);

    public static Play With(IEnumerable<ProcessModel> models, Func<StartWork, WorkAnswer?>? work, params (string Name, object? Value)[] variables)
    {
        var play = new Play(models, work, null);
        play.Simulator.Start("P", Set(variables));
        return play;
    }

    public static Play Limited(string diagram, ExecutionLimits limits, params (string Name, object? Value)[] variables)
    {
        var play = new Play([Diagram.Model(diagram)], null, limits);
        play.Simulator.Start("P", Set(variables));
        return play;
    }

    public static Play Idle(params ProcessModel[] models) => new(models, null, null);

    public static VariableSet Set(params (string Name, object? Value)[] variables) =>
        VariableSet.From(variables.Select(v => KeyValuePair.Create(v.Name, ToDatum(v.Value))));

    public int Times(string id) => Completed.Count(c => c == id);

    public Datum? Variable(string name) => State.Variables.Find(name);

    public Play Complete(string id, params (string Name, object? Value)[] variables)
    {
        var (instance, waiting) = One(id);
        Accept(Simulator.Send(instance, now => new CompleteActivity(waiting.Id) { Now = now, Variables = Set(variables) }));
        return this;
    }

    public Play Throw(string id, string code)
    {
        var (instance, waiting) = One(id);
        Accept(Simulator.Send(instance, now => new ThrowError(waiting.Id, code) { Now = now }));
        return this;
    }

    public Play Fail(string id, string message)
    {
        var (instance, waiting) = One(id);
        Accept(Simulator.Send(instance, now => new FailActivity(waiting.Id, "broken", message) { Now = now }));
        return this;
    }

    public bool Message(string name, params (string Name, object? Value)[] variables) => Simulator.Message(name, Set(variables));

    public Play Signal(string name)
    {
        Simulator.Signal(name);
        return this;
    }

    public Play Clock(string duration)
    {
        Assert.True(IsoDuration.TryParse(duration, out var parsed));
        Simulator.AdvanceTo(parsed.After(Simulator.Now, TimeZoneInfo.Utc));
        return this;
    }

    public Play Assign(params (string Name, object? Value)[] variables)
    {
        Accept(Simulator.Send(Instance, now => new SetVariables { Now = now, Variables = Set(variables) }));
        return this;
    }

    public Step Send(Func<DateTimeOffset, Signal> signal) => Simulator.Send(Instance, signal);

    public (SimulatedInstance Instance, WaitingElement Waiting) One(string id)
    {
        var found = All().FirstOrDefault(w => w.Waiting.Element.Id == id);
        Assert.True(found.Instance is not null, $"'{id}' does not wait, only '{Waiting}'; {string.Join("; ", Incidents)}");
        return found;
    }

    private static void Accept(Step step) => Assert.Null(step.Ignored);

    private IEnumerable<(SimulatedInstance Instance, WaitingElement Waiting)> All() =>
        Simulator.Instances.Where(i => i.State.IsActive).SelectMany(i => StateView.Waiting(i.Model, i.State).Select(w => (i, w)));

    private ProcessState Keep(ProcessModel model, ProcessState state)
    {
        foreach (var (old, text) in written)
            if (old.ProcessId == model.Id) Assert.Equal(text, Text(model, old));
        var json = StateJson.Write(model, state);
        var loaded = StateJson.Read(model, json);
        Assert.Equal(Text(model, state), Text(model, loaded));
        if (written.Count > 4) written.Clear();
        written[state] = Text(model, state);
        written[loaded] = Text(model, loaded);
        return loaded;
    }

    private static string Text(ProcessModel model, ProcessState state) => System.Text.Encoding.UTF8.GetString(StateJson.Write(model, state));

    private static Datum ToDatum(object? value) => value switch
    {
        null => Datum.Null,
        bool flag => Datum.Of(flag),
        int number => Datum.Of(number),
        decimal number => Datum.Of(number),
        string text => Datum.Of(text),
        IEnumerable<object> list => Datum.Of(list.Select(ToDatum)),
        Datum datum => datum,
        _ => throw new ArgumentException($"{value.GetType()} is no variable.", nameof(value)),
    };
}
