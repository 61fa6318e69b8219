using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Simulation;

/// <summary>
/// A host in memory: several instances, calls between them, messages and signals, a clock that only moves when told.
/// Serves tests, the dry run of the product and the designer. Not safe for several threads.
/// </summary>
public sealed class Simulator
{
    private readonly Dictionary<string, ProcessModel> models;
    private readonly List<SimulatedInstance> instances = [];
    private readonly List<RaiseIncident> incidents = [];
    private readonly Queue<Action> pending = new();
    private readonly StartTimers startTimers;
    private readonly ConditionalStarts conditionalStarts;
    private readonly List<(SimulatedInstance Instance, HistoryEntry Entry)> trace = [];
    private int steps;

    public Simulator(IEnumerable<ProcessModel> models, SimulationOptions? options = null)
    {
        this.models = models.ToDictionary(m => m.Id, StringComparer.Ordinal);
        Options = options ?? SimulationOptions.Default;
        Now = Options.Start;
        conditionalStarts = new(this.models.Values);
        startTimers = new(this.models.Values.Where(Options.StartsByTimer), Now, Options.Zone);
    }

    public SimulationOptions Options { get; }

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<SimulatedInstance> Instances => instances;

    /// <summary>Every incident that was raised, closed ones included.</summary>
    public IReadOnlyList<RaiseIncident> Incidents => incidents;

    /// <summary>The history of all instances in the order in which it happened.</summary>
    public IReadOnlyList<(SimulatedInstance Instance, HistoryEntry Entry)> Trace => trace;

    public SimulatedInstance Start(string processId, VariableSet? variables = null, string? startEventId = null)
    {
        if (!models.TryGetValue(processId, out var model)) throw new SimulationException($"There is no process '{processId}'.");
        var instance = Make(model, null, 0);
        var step = Advance(instance, new StartInstance { Now = Now, Variables = variables ?? VariableSet.Empty, StartEventId = startEventId });
        if (step.Ignored is { } reason) throw new SimulationException(reason);
        Drain();
        return instance;
    }

    /// <summary>Gives a signal to one instance; <see cref="Step.Ignored"/> says when it found nothing to do.</summary>
    public Step Send(SimulatedInstance instance, Func<DateTimeOffset, Signal> signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var step = Advance(instance, signal(Now));
        Drain();
        return step;
    }

    /// <summary>A message for one receiver; if nobody waits, it starts a process. False when nobody wants it.</summary>
    public bool Message(string name, VariableSet? variables = null, string? key = null, string? elementId = null)
    {
        var isTaken = Deliver(name, variables ?? VariableSet.Empty, key, elementId);
        Drain();
        return isTaken;
    }

    /// <summary>A signal for all instances and signal start events.</summary>
    public void Signal(string name, VariableSet? variables = null)
    {
        Broadcast(null, name, variables ?? VariableSet.Empty);
        Drain();
    }

    /// <summary>Sets variables of all running top-level instances; conditional start events look at them too.</summary>
    public void Change(VariableSet variables)
    {
        foreach (var instance in instances.ToArray())
            if (instance.State.IsActive && instance.Caller is null) Advance(instance, new SetVariables { Now = Now, Variables = variables });
        foreach (var (model, start) in conditionalStarts.Released(variables)) Run(model, start.Id, variables);
        Drain();
    }

    /// <summary>Moves the clock; timers fire on the way, in the order they are due.</summary>
    public void AdvanceTo(DateTimeOffset time)
    {
        while (true)
        {
            var (instance, id, due) = NextTimer();
            var start = startTimers.Next;
            if (start is { } first && first.Due <= time && (instance is null || first.Due <= due))
            {
                Now = first.Due > Now ? first.Due : Now;
                startTimers.Take(Now);
                Run(first.Model, first.Event.Id, VariableSet.Empty);
                Drain();
                continue;
            }

            if (instance is null || due > time) break;
            Now = due > Now ? due : Now;
            Send(instance, now => new TimerFired(id) { Now = now, Zone = Options.Zone });
        }

        Now = time;
    }

    private (SimulatedInstance? Instance, int Id, DateTimeOffset Due) NextTimer()
    {
        (SimulatedInstance? Instance, int Id, DateTimeOffset Due) best = (null, 0, DateTimeOffset.MaxValue);
        foreach (var instance in instances)
        {
            foreach (var subscription in instance.State.SubscriptionRows)
                if (subscription.Kind == SubscriptionKind.Timer && subscription.Due < best.Due) best = (instance, subscription.Id, subscription.Due);
        }

        return best;
    }

    private SimulatedInstance Make(ProcessModel model, SimulatedInstance? caller, int callId)
    {
        var instance = new SimulatedInstance(instances.Count + 1, model, caller, callId);
        instances.Add(instance);
        return instance;
    }

    private void Run(ProcessModel model, string startEventId, VariableSet variables)
    {
        var instance = Make(model, null, 0);
        Advance(instance, new StartInstance { Now = Now, StartEventId = startEventId, Variables = variables });
    }

    private Step Advance(SimulatedInstance instance, Signal signal)
    {
        if (++steps > Options.MaxSteps) throw new SimulationException($"The simulation made more than {Options.MaxSteps} steps.");
        signal = signal with { Zone = Options.Zone };
        var step = Interpreter.Advance(instance.Model, instance.State, signal, Options.Limits);
        if (step.Ignored is not null) return step;
        instance.Record(signal, step, Options.Keep(instance.Model, step.State));
        foreach (var entry in step.History) trace.Add((instance, entry));
        foreach (var command in step.Commands) pending.Enqueue(() => Apply(instance, command));
        return step;
    }

    private void Drain()
    {
        while (pending.TryDequeue(out var next)) next();
    }

    private void Apply(SimulatedInstance instance, Command command)
    {
        switch (command)
        {
            case StartWork work:
                Do(instance, work);
                break;
            case CallProcess call:
                Call(instance, call);
                break;
            case CancelCall cancel when instance.Calls.Remove(cancel.Id, out var called):
                Advance(called, new CancelInstance { Now = Now });
                break;
            case SendMessage message:
                Deliver(message.Name, message.Variables, message.Key, null);
                break;
            case BroadcastSignal signal:
                Broadcast(instance, signal.Name, signal.Variables);
                break;
            case RaiseIncident incident:
                incidents.Add(incident);
                break;
            case EscalateToCaller escalation when instance.Caller is { } caller:
                Advance(caller, new Escalate(instance.CallId, escalation.Code) { Now = Now, Variables = escalation.Variables });
                break;
            case EndInstance end when instance.Caller is { } caller && caller.Calls.Remove(instance.CallId):
                Answer(caller, instance.CallId, end);
                break;
        }
    }

    private void Do(SimulatedInstance instance, StartWork work)
    {
        // Something earlier in the queue may have cancelled it.
        if (!StateView.Waiting(instance.Model, instance.State).Any(w => w.Id == work.Id)) return;
        if (Options.Work(instance, work) is not { } answer) return;
        Signal signal = answer switch
        {
            { Failure: { } failure } => new FailActivity(work.Id, "work-failed", failure) { Now = Now },
            { ErrorCode: { } code } => new ThrowError(work.Id, code) { Now = Now, Variables = answer.Results },
            _ => new CompleteActivity(work.Id) { Now = Now, Variables = answer.Results },
        };
        if (work.Task is SendTask { Message: { } message } && signal is CompleteActivity) Deliver(message.Name.Text, answer.Results, null, null);
        Advance(instance, signal);
    }

    private void Call(SimulatedInstance instance, CallProcess call)
    {
        if (!models.TryGetValue(call.ProcessId, out var model))
        {
            Advance(instance, new FailActivity(call.Id, "unknown-process", $"There is no process '{call.ProcessId}'.") { Now = Now });
            return;
        }

        var called = Make(model, instance, call.Id);
        instance.Calls[call.Id] = called;
        var step = Advance(called, new StartInstance { Now = Now, Variables = call.Variables, Depth = call.Depth });
        if (step.Ignored is { } reason) Advance(instance, new FailActivity(call.Id, "call", reason) { Now = Now });
    }

    private void Answer(SimulatedInstance caller, int callId, EndInstance end)
    {
        if (end.Status == InstanceStatus.Failed) Advance(caller, new ThrowError(callId, end.ErrorCode ?? "", end.Message) { Now = Now });
        else if (end.Status == InstanceStatus.Completed) Advance(caller, new CompleteActivity(callId) { Now = Now, Variables = end.Variables });
    }

    private bool Deliver(string name, VariableSet variables, string? key, string? elementId)
    {
        var message = new MessageReceived(name) { Now = Now, Variables = variables, Key = key, ElementId = elementId };
        foreach (var instance in instances.ToArray())
            if (instance.State.IsActive && Advance(instance, message).Ignored is null) return true;
        foreach (var (model, start) in Starts.ByMessage(models.Values, name))
        {
            if (elementId is not null && start.Id != elementId) continue;
            Run(model, start.Id, variables);
            return true;
        }

        return false;
    }

    private void Broadcast(SimulatedInstance? source, string name, VariableSet variables)
    {
        foreach (var instance in instances.ToArray())
            if (instance != source && instance.State.IsActive) Advance(instance, new SignalReceived(name) { Now = Now, Variables = variables });
        foreach (var (model, start) in Starts.BySignal(models.Values, name)) Run(model, start.Id, variables);
    }
}
