using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>What has to hold before a diagram can run at all; each breach is an error.</summary>
internal static class StructureRules
{
    public static void Check(CompileContext context)
    {
        if (context.Nodes.Count == 0) context.Error(null, "empty", "The process has no elements.");
        foreach (var node in context.Nodes)
        {
            switch (node)
            {
                case EventNode source:
                    EventRules.Check(context, source);
                    break;
                case EventBasedGateway gateway:
                    CheckTargets(context, gateway);
                    break;
                case EventSubProcess handler:
                    CheckHandler(context, handler);
                    break;
                case AdHocSubProcess adHoc when adHoc.Offered.Count == 0:
                    context.Error(node.Id, "ad-hoc", "The ad-hoc sub-process offers no activity.");
                    break;
            }

            if (node is Activity { IsForCompensation: true } undoing) CheckUndoing(context, undoing);
            if (node is SubProcess and not (EventSubProcess or AdHocSubProcess)) CheckStarts(context, (SubProcess)node);
            if (node is ReceiveTask { Instantiates: true, IncomingFlows.Length: > 0 }) context.Error(node.Id, "instantiate", "A receive task that starts the process cannot have an incoming flow.");
        }

        foreach (var association in context.Nodes.OfType<BoundaryEvent>()) CheckCompensation(context, association);
    }

    private static void CheckTargets(CompileContext context, EventBasedGateway gateway)
    {
        if (gateway.OutgoingFlows.Length == 0) context.Error(gateway.Id, "event-gateway", "An event-based gateway needs outgoing flows.");
        else if (gateway.OutgoingFlows.Length == 1 && !gateway.Instantiates) context.Warn(gateway.Id, "event-gateway", "There is only one event to wait for; the gateway is not needed.");
        if (gateway.Instantiates && gateway.IncomingFlows.Length > 0) context.Error(gateway.Id, "instantiate", "A gateway that starts the process cannot have an incoming flow.");
        if (gateway is { IsParallel: true, Instantiates: false }) context.Error(gateway.Id, "event-gateway", "Only a gateway that starts the process may wait for all events.");
        foreach (var flow in gateway.OutgoingFlows)
        {
            var isEvent = flow.Target is IntermediateCatchEvent { IsArmed: true } or ReceiveTask { Boundaries.Length: 0, Loop: null };
            if (!isEvent) context.Error(gateway.Id, "event-gateway", $"'{flow.Target.Id}' is no catch event or plain receive task, so the gateway cannot wait for it.");
            else if (flow.Target.IncomingFlows.Length > 1) context.Error(gateway.Id, "event-gateway", $"'{flow.Target.Id}' may have no other incoming flow.");
        }
    }

    private static void CheckHandler(CompileContext context, EventSubProcess handler)
    {
        var starts = handler.Content.Nodes.OfType<StartEvent>().ToList();
        if (starts.Count != 1 || starts[0].Definitions.Count == 0) context.Error(handler.Id, "event-sub-process", "An event sub-process needs exactly one start event, with a trigger.");
        if (handler.IncomingFlows.Length + handler.OutgoingFlows.Length > 0) context.Error(handler.Id, "event-sub-process", "No flow may lead into or out of an event sub-process.");
        if (handler.Loop is not null) context.Error(handler.Id, "event-sub-process", "An event sub-process cannot repeat.");
        if (handler.Boundaries.Length > 0) context.Error(handler.Id, "event-sub-process", "An event sub-process cannot have boundary events.");
    }

    private static void CheckStarts(CompileContext context, SubProcess sub)
    {
        foreach (var start in sub.Content.Nodes.OfType<StartEvent>())
            if (start.Definitions.Count > 0) context.Error(start.Id, "sub-process-start", "A sub-process is entered by its flow; its start event cannot have a trigger.");
        if (sub.Content.Nodes.Count > 0 && sub.Content.Entries.Length == 0) context.Error(sub.Id, "sub-process-start", "Nothing in the sub-process can begin.");
    }

    private static void CheckUndoing(CompileContext context, Activity activity)
    {
        if (activity.IncomingFlows.Length + activity.OutgoingFlows.Length > 0)
            context.Error(activity.Id, "compensation", "An activity for compensation cannot have incoming or outgoing flows.");
        else if (!context.Nodes.OfType<Activity>().Any(a => a.CompensationHandler == activity))
            context.Error(activity.Id, "compensation", "Nothing leads to this activity for compensation: associate it with a compensation boundary event.");
    }

    private static void CheckCompensation(CompileContext context, BoundaryEvent boundary)
    {
        if (boundary.Definition<CompensateDefinition>() is null || boundary.AttachedTo is null) return;
        if (boundary.AttachedTo.CompensationHandler is not { } handler) context.Error(boundary.Id, "compensation", "No activity is associated that undoes the work.");
        else if (!handler.IsForCompensation) context.Error(handler.Id, "compensation", "An activity that undoes another one has to be marked as for compensation.");
        if (boundary.OutgoingFlows.Length > 0) context.Error(boundary.Id, "compensation", "A compensation boundary event has an association and no outgoing flow.");
    }
}
