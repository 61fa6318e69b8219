using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Gives each kind of signal to the part of the state it is for; the answer is the reason why it found nothing to do, or null.</summary>
internal static class SignalHandling
{
    public static string? Handle(Run run, ProcessState state, Signal signal)
    {
        if (signal is StartInstance start) return state.Status == InstanceStatus.New ? Starting.Start(run, start) : "The instance has already been started.";
        if (state.Status != InstanceStatus.Active) return "The instance is not active.";
        if (signal.Facts.Count > 0) run.PlanLookingAtConditions();
        return signal switch
        {
            CompleteActivity complete => Complete(run, complete),
            FailActivity fail => Fail(run, fail),
            ThrowError error => Throw(run, error),
            Escalate escalate => Escalate(run, escalate),
            TimerFired timer => run.Subscriptions.Fire(run, timer.Id) ? null : $"Timer {timer.Id} is not set.",
            MessageReceived message => Occurrences.Message(run, message) ? null : $"Nothing waits for the message '{message.Name}'.",
            SignalReceived broadcast => Occurrences.Broadcast(run, broadcast.Name, broadcast.Variables) ? null : $"Nothing waits for the signal '{broadcast.Name}'.",
            SetVariables set => Set(run, set),
            ChooseActivity choose => InAdHoc(run, choose.AdHocId, (node, _) => AdHocSubProcessBehavior.Choose(run, node, choose.ActivityId)),
            FinishAdHoc finish => InAdHoc(run, finish.AdHocId, (node, adHoc) => Finish(run, node, adHoc)),
            AddLoopInstance add => Add(run, add),
            RetryIncident retry => Incidents.Retry(run, retry),
            ResolveIncident resolve => Incidents.Resolve(run, resolve),
            CancelInstance => Cancel(run),
            _ => $"The signal {signal.GetType().Name} is unknown.",
        };
    }

    private static Node? WaitingWork(Run run, int id) =>
        run.Own(id) is { Kind: NodeKind.Waiting } node && node.Incident?.Stage is null or IncidentStage.Work ? run.Own(id) : null;

    private static string? Complete(Run run, CompleteActivity signal)
    {
        if (WaitingWork(run, signal.Id) is not { } node || run.ElementOf(node) is not Activity activity) return $"No activity waits under number {signal.Id}.";
        Incidents.Close(run, node);
        activity.Behavior.Complete(run, node, activity, signal.Variables);
        return null;
    }

    private static string? Fail(Run run, FailActivity signal)
    {
        if (WaitingWork(run, signal.Id) is not { } node || run.ElementOf(node) is not Activity) return $"No activity waits under number {signal.Id}.";
        Incidents.Close(run, node);
        run.Raise(node, new(signal.Code, signal.Message, IncidentStage.Work));
        return null;
    }

    private static string? Throw(Run run, ThrowError signal)
    {
        if (WaitingWork(run, signal.Id) is not { } node || run.ElementOf(node) is not Activity) return $"No activity waits under number {signal.Id}.";
        Incidents.Close(run, node);
        run.Assign(node.Id, signal.Variables);
        if (!Errors.TryHandleFrom(run, node, signal.Code, signal.Message, signal.Variables))
            run.Raise(run.Own(signal.Id)!, Errors.Uncaught(signal.Code, signal.Message) with { Stage = IncidentStage.Work });
        return null;
    }

    private static string? Escalate(Run run, Escalate signal)
    {
        if (WaitingWork(run, signal.Id) is not { } node || run.ElementOf(node) is not Activity) return $"No activity waits under number {signal.Id}.";
        Escalations.RaiseFrom(run, node, signal.Code, signal.Variables);
        return null;
    }

    private static string? Set(Run run, SetVariables signal)
    {
        if (run.Own(signal.ScopeId ?? 1) is not { } scope) return $"There is no scope {signal.ScopeId}.";
        scope.Locals = scope.Locals.With(signal.Variables);
        run.PlanLookingAtConditions();
        return null;
    }

    private static string? InAdHoc(Run run, int id, Func<Node, AdHocSubProcess, string?> act) =>
        run.Own(id) is { Element: >= 0, Kind: NodeKind.Scope } node && run.ElementOf(node) is AdHocSubProcess adHoc
            ? act(node, adHoc)
            : $"No ad-hoc sub-process runs under number {id}.";

    private static string? Finish(Run run, Node node, AdHocSubProcess adHoc)
    {
        AdHocSubProcessBehavior.End(run, node, adHoc);
        return null;
    }

    private static string? Add(Run run, AddLoopInstance signal) =>
        run.Own(signal.BodyId) is { Kind: NodeKind.Body } body && Loops.TryAdd(run, body, (Activity)run.ElementOf(body), signal.Item)
            ? null
            : $"Nothing under number {signal.BodyId} can get one more instance.";

    private static string? Cancel(Run run)
    {
        var root = run.Root;
        Incidents.Close(run, root);
        run.CancelChildren(root);
        run.Subscriptions.Disarm(run, root);
        Scopes.Finish(run, root, InstanceStatus.Cancelled, null, null);
        return null;
    }
}
