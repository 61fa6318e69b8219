using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Connects what was read: flows, boundary events, handlers, links, entries.</summary>
internal static class Linker
{
    public static void Link(CompileContext context, MarkupElement process)
    {
        FlowLinker.Link(context, process);
        foreach (var node in context.Nodes) Attach(context, node);
        foreach (var node in context.Nodes) Connect(context, node);
        foreach (var scope in context.Scopes) Complete(scope);
        foreach (var association in process.SelfAndDescendants().Where(e => e is { IsBpmn: true, LocalName: "association" })) Associate(context, association);
        foreach (var activity in context.Nodes.OfType<Activity>()) Settle(activity);
    }

    private static void Attach(CompileContext context, FlowNode node)
    {
        if (node is not BoundaryEvent boundary) return;
        var host = BpmnFile.LocalPart(boundary.Markup["attachedToRef"]) is { } id ? context.ById.GetValueOrDefault(id) as Activity : null;
        if (host is null || host.Container != boundary.Container)
        {
            context.Error(boundary.Id, "unknown-reference", $"The boundary event is attached to '{boundary.Markup["attachedToRef"]}', which is no activity of the same scope.");
            return;
        }

        boundary.AttachedTo = host;
        host.Boundaries = [.. host.Boundaries, boundary];
        if (boundary.IsArmed) host.ArmedBoundaries = [.. host.ArmedBoundaries, boundary];
    }

    private static void Connect(CompileContext context, FlowNode node)
    {
        if (node is not EventNode source) return;
        if (source.Definition<CompensateDefinition>() is { ActivityId: { } id } compensate && source is IntermediateThrowEvent or EndEvent)
        {
            compensate.Activity = context.ById.GetValueOrDefault(id);
            if (compensate.Activity is not Activity) context.Error(node.Id, "unknown-reference", $"The activity '{id}' that is to be undone does not exist.");
        }

        if (source is IntermediateThrowEvent thrown && source.Definition<LinkDefinition>() is { } link) LinkTo(context, thrown, link.Name);
    }

    private static void LinkTo(CompileContext context, IntermediateThrowEvent source, string name)
    {
        var targets = source.Container.Nodes.OfType<IntermediateCatchEvent>().Where(c => c.Definition<LinkDefinition>()?.Name == name).ToList();
        if (targets.Count != 1)
        {
            context.Error(source.Id, "link", $"The link '{name}' has {targets.Count} targets in this scope; it needs exactly one.");
            return;
        }

        source.LinkTarget = targets[0];
        targets[0].LinkSources = [.. targets[0].LinkSources, source];
    }

    private static void Complete(ScopeDefinition scope)
    {
        scope.Handlers = [.. scope.Nodes.OfType<EventSubProcess>()];
        foreach (var handler in scope.Handlers)
            if (handler.Content.Nodes.OfType<StartEvent>().FirstOrDefault() is { } start) handler.Start = start;
        scope.Handlers = [.. scope.Handlers.Where(h => h.Start is not null)];
        scope.ArmedStarts = [.. scope.Handlers.Where(h => h.Start.IsArmed).Select(h => h.Start)];
        scope.CompensationHandler = Array.Find(scope.Handlers, h => h.Start.Definition<CompensateDefinition>() is not null);
        scope.Entries = scope.Owner switch
        {
            EventSubProcess => [],
            AdHocSubProcess adHoc => Offer(adHoc),
            _ => Entries(scope),
        };
    }

    private static FlowNode[] Offer(AdHocSubProcess adHoc)
    {
        adHoc.Offered = [.. adHoc.Content.Nodes.OfType<Activity>().Where(a => a.IncomingFlows.Length == 0 && a is not EventSubProcess && !a.IsForCompensation)];
        return [];
    }

    // With a start event only start events begin; without one everything that nothing leads to (BPMN 2.0 section 10.5.2).
    private static FlowNode[] Entries(ScopeDefinition scope)
    {
        if (scope.Nodes.Any(n => n is StartEvent)) return [.. scope.Nodes.OfType<StartEvent>().Where(s => s.Definitions.Count == 0)];
        return [.. scope.Nodes.Where(IsImplicitEntry)];
    }

    private static bool IsImplicitEntry(FlowNode node) => node.IncomingFlows.Length == 0 && node switch
    {
        BoundaryEvent or EventSubProcess => false,
        IntermediateCatchEvent caught => caught.Definition<LinkDefinition>() is null,
        ReceiveTask { Instantiates: true } or EventBasedGateway { Instantiates: true } => false,
        Activity activity => !activity.IsForCompensation,
        _ => true,
    };

    private static void Associate(CompileContext context, MarkupElement association)
    {
        var one = Find(context, association["sourceRef"]);
        var other = Find(context, association["targetRef"]);
        if (one is not BoundaryEvent) (one, other) = (other, one);
        if (one is BoundaryEvent boundary && boundary.Definition<CompensateDefinition>() is not null && other is Activity handler && boundary.AttachedTo is not null)
            boundary.AttachedTo.CompensationHandler = handler;
    }

    private static FlowNode? Find(CompileContext context, string? reference) =>
        BpmnFile.LocalPart(reference) is { } id ? context.ById.GetValueOrDefault(id) : null;

    private static void Settle(Activity activity) => activity.IsPlain =
        activity.IsInstant && activity.Boundaries.Length == 0 && activity.CompensationHandler is null && activity.Inputs.Count + activity.Outputs.Count == 0;
}
