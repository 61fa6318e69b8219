using System.Text;
using System.Text.RegularExpressions;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Migration;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Tests.Diagrams;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Tests.Properties;

/// <summary>Plays a diagram at random and checks after every step that saving, loading, replaying and moving to an equal version change nothing.</summary>
internal sealed partial class RandomWalk(ProcessModel model, int seed)
{
    private const int MaxSteps = 600;

    private static readonly ExecutionLimits Limits = new() { Moves = 2_000 };

    private readonly ProcessModel next = model.Renamed(model.Id);
    private readonly Random random = new(seed);
    private readonly List<Signal> signals = [];
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private int left = 12;

    /// <summary>How the walk ended; null means at the end of the process.</summary>
    public string? Run()
    {
        var state = Give(ProcessState.New, new StartInstance { Now = now, Variables = Roll() });
        for (var step = 0; state.IsActive; step++)
        {
            // A way back that happens to wait for nothing is stopped by the limit; that is an end too.
            if (StateView.Incidents(model, state).Any(i => i.Code == "limit")) break;
            if (step > MaxSteps) return $"not ended after {MaxSteps} steps: {Text(state)}";
            state = Give(state, new SetVariables { Now = now, Variables = Roll() });
            if (Choose(state) is not { } signal) return $"stuck: {Text(state)}";
            state = Give(state, signal);
        }

        Replay(state);
        return null;
    }

    private VariableSet Roll() => Play.Set(("r", random.Next(5)), ("left", --left));

    private Signal? Choose(ProcessState state)
    {
        var choices = new List<Func<Signal>>();
        foreach (var waiting in StateView.Waiting(model, state))
        {
            if (waiting.Element is not Activity) continue;
            var id = waiting.Id;
            choices.Add(() => new CompleteActivity(id) { Now = now });
            if (random.Next(12) == 0) choices.Add(() => new FailActivity(id, "broken", "by chance") { Now = now });
            if (random.Next(12) == 0 && HasErrorHandler(waiting.Element)) choices.Add(() => new ThrowError(id, "E") { Now = now });
        }

        foreach (var awaited in StateView.Awaited(model, state))
        {
            if (awaited.Kind == SubscriptionKind.Timer) choices.Add(() => Timer(awaited));
            else if (awaited.Kind == SubscriptionKind.Message && (left > 0 || awaited.Event is IntermediateCatchEvent)) choices.Add(() => new MessageReceived(awaited.Name!) { Now = now, SubscriptionId = awaited.Id });
        }

        foreach (var incident in StateView.Incidents(model, state))
            if (incident.Code != "broken") choices.Add(() => new RetryIncident(incident.Id) { Now = now });
        return choices.Count == 0 ? null : choices[random.Next(choices.Count)]();
    }

    private static bool HasErrorHandler(FlowNode element)
    {
        for (var scope = element.Container; scope.Owner is Activity owner; scope = owner.Container)
            if (owner.BoundaryEvents.Any(b => b.Definitions.Any(d => d is AutomationCrm.Bpmn.Elements.EventDefinitions.ErrorDefinition))) return true;
        return false;
    }

    private TimerFired Timer(AwaitedEvent awaited)
    {
        if (awaited.Due > now) now = awaited.Due!.Value;
        return new(awaited.Id) { Now = now };
    }

    // The unbroken run and one that is saved and loaded between any two steps have to agree, and no step may change its input.
    private ProcessState Give(ProcessState state, Signal signal)
    {
        var before = Text(state);
        var reloaded = state.Status == InstanceStatus.New ? state : StateJson.Read(model, StateJson.Write(model, state));
        var step = Interpreter.Advance(model, state, signal, Limits);
        var broken = Interpreter.Advance(model, reloaded, signal, Limits);
        Assert.Equal(before, Text(state));
        Assert.Equal(Text(step.State), Text(broken.State));
        Assert.Equal(step.Commands.Select(c => c.GetType().Name), broken.Commands.Select(c => c.GetType().Name));
        Assert.Equal(step.History.AsEnumerable(), broken.History);
        if (step.Ignored is null) signals.Add(signal);
        Migrate(step.State);
        return step.State;
    }

    // Into a version that has not changed every state moves, and stays what it is; nothing is armed or taken away.
    private void Migrate(ProcessState state)
    {
        if (!state.IsActive) return;

        var before = Text(state);
        var moved = StateMigration.Migrate(model, next, state, MigrationPlan.SameIds, now);
        Assert.Equal([], moved.Problems.Select(p => p.Text));
        Assert.Equal(before, Text(state));
        Assert.Equal(WithoutStep(before), WithoutStep(Encoding.UTF8.GetString(StateJson.Write(next, moved.State!))));
        Assert.Equal([], moved.Commands.Select(c => c.GetType().Name));
    }

    // A migration is a step of its own and counts as one.
    private static string WithoutStep(string state) => Step().Replace(state, "", count: 1);

    [GeneratedRegex("\"n\":\\d+,", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Step();

    private void Replay(ProcessState end)
    {
        var state = ProcessState.New;
        foreach (var signal in signals) state = Interpreter.Advance(model, state, signal, Limits).State;
        Assert.Equal(Text(end), Text(state));
    }

    private string Text(ProcessState state) => Encoding.UTF8.GetString(StateJson.Write(model, state));
}
