using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>How a token that waits for a person goes on.</summary>
internal static class Incidents
{
    public static void Close(Run run, Node node)
    {
        if (node.Incident is null) return;
        node.Incident = null;
        run.Emit(new CloseIncident(node.Id));
    }

    public static string? Retry(Run run, RetryIncident signal)
    {
        if (run.Own(signal.Id) is not { Incident: { } incident } node) return $"No incident waits under number {signal.Id}.";
        Close(run, node);
        run.Assign(node.Id, signal.Variables);
        if (node.Element < 0)
        {
            if (node.Children == 0) Starting.Begin(run, node, null);
            return null;
        }

        var element = run.ElementOf(node);
        switch (node.Kind)
        {
            case NodeKind.Parked:
                Unpark(run, node, element, incident.Stage);
                break;
            case NodeKind.Body when incident.Stage == IncidentStage.Begin:
                Loops.Prepare(run, node, (Activity)element);
                break;
            case NodeKind.Body:
                Loops.Reconsider(run, node, (Activity)element);
                break;
            case NodeKind.Join:
                ComplexGatewayBehavior.Consider(run, run.Own(node.Parent)!, node, (ComplexGateway)element);
                break;
            default:
                Again(run, node, element, incident.Stage);
                break;
        }

        return null;
    }

    private static void Unpark(Run run, Node node, FlowNode element, IncidentStage stage)
    {
        var scope = run.Own(node.Parent)!;
        run.Remove(node);
        if (stage == IncidentStage.Leave) run.Leave(scope, element);
        else element.Behavior.Enter(run, scope, element, null);
    }

    private static void Again(Run run, Node node, FlowNode element, IncidentStage stage)
    {
        if (stage == IncidentStage.Finish) element.Behavior.Complete(run, node, element, VariableSet.Empty);
        else if (element is Activity activity && stage == IncidentStage.Begin) Activities.Start(run, node, activity);
        else element.Behavior.Start(run, node, element);
    }

    /// <summary>The element counts as done; a gateway may be told which way to take.</summary>
    public static string? Resolve(Run run, ResolveIncident signal)
    {
        if (run.Own(signal.Id) is not { Incident: not null, Element: >= 0 } node) return $"No incident waits under number {signal.Id}.";
        var element = run.ElementOf(node);
        var flow = signal.FlowId is null ? null : Array.Find(element.OutgoingFlows, f => f.Id == signal.FlowId);
        if (signal.FlowId is not null && flow is null) return $"'{signal.FlowId}' does not leave '{element.Id}'.";
        Close(run, node);
        run.Assign(node.Id, signal.Variables);
        var scope = run.Own(node.Parent)!;
        if (scope.Kind == NodeKind.Body)
        {
            run.CancelChildren(node);
            run.Subscriptions.Disarm(run, node);
            run.Record(HistoryKind.Completed, element, node.Id);
            Loops.InstanceDone(run, scope, node, (Activity)element);
            return null;
        }

        run.CancelWhole(node);
        if (node.Kind == NodeKind.Join) ((ScopeData)scope.Data!).Joins.Remove(node.Id);
        if (node.Kind != NodeKind.Parked) run.Record(HistoryKind.Completed, element, node.Id);
        GoOn(run, scope, element, flow);
        return null;
    }

    private static void GoOn(Run run, Node scope, FlowNode element, SequenceFlow? flow)
    {
        if (flow is not null)
        {
            run.Send(scope, flow);
            run.Consume(scope);
        }
        else if (element is Activity activity)
        {
            Activities.LeaveDone(run, scope, activity);
        }
        else
        {
            run.Leave(scope, element);
        }
    }
}
