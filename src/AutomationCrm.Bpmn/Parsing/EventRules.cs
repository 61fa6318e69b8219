using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Events;

namespace AutomationCrm.Bpmn.Parsing;

/// <summary>Which event may stand where (BPMN 2.0 table 10.93).</summary>
internal static class EventRules
{
    public static void Check(CompileContext context, EventNode source)
    {
        foreach (var definition in source.Definitions)
        {
            if (!IsLegal(source, definition)) context.Error(source.Id, "event-position", $"A <{definition.Kind}> cannot stand at a {PositionOf(source)}.");
        }

        if (source is IntermediateCatchEvent or BoundaryEvent && source.Definitions.Count == 0) context.Error(source.Id, "event-position", "The event does not say what it waits for.");
        if (source is not EndEvent && source.Definition<LinkDefinition>() is not null && source.Definitions.Count > 1) context.Error(source.Id, "link", "A link cannot be combined with other events.");
        if (source.IsParallelMultiple && source.Definitions.Any(d => !d.IsArmed)) context.Error(source.Id, "parallel-multiple", "A parallel multiple event can only combine messages, signals, timers and conditions.");
        CheckEnds(context, source);
        CheckInterruption(context, source);
        CheckTimers(context, source);
    }

    private static bool IsLegal(EventNode source, EventDefinition definition) => source switch
    {
        StartEvent { Container.Owner: EventSubProcess } => definition.IsArmed || definition is ErrorDefinition or EscalationDefinition or CompensateDefinition,
        StartEvent => definition.IsArmed,
        IntermediateCatchEvent => definition.IsArmed || definition is LinkDefinition,
        BoundaryEvent => definition.IsArmed || definition is ErrorDefinition or EscalationDefinition or CompensateDefinition or CancelDefinition,
        IntermediateThrowEvent => definition is MessageDefinition or SignalDefinition or EscalationDefinition or CompensateDefinition or LinkDefinition,
        _ => definition is MessageDefinition or SignalDefinition or ErrorDefinition or EscalationDefinition or CompensateDefinition or CancelDefinition or TerminateDefinition,
    };

    private static string PositionOf(EventNode source) => source switch
    {
        StartEvent { Container.Owner: EventSubProcess } => "start of an event sub-process",
        StartEvent => "start event",
        IntermediateCatchEvent => "catch event",
        BoundaryEvent => "boundary",
        IntermediateThrowEvent => "throw event",
        _ => "end event",
    };

    private static void CheckEnds(CompileContext context, EventNode source)
    {
        if (source is EndEvent && source.OutgoingFlows.Length > 0) context.Error(source.Id, "event-flow", "Nothing can follow an end event.");
        if (source is StartEvent or BoundaryEvent && source.IncomingFlows.Length > 0) context.Error(source.Id, "event-flow", "No flow can lead into this event.");
        if (source is EndEvent && source.Definition<CancelDefinition>() is not null) CheckCancel(context, source);
        if (source is BoundaryEvent { AttachedTo: not (null or Transaction) } && source.Definition<CancelDefinition>() is not null)
            context.Error(source.Id, "cancel", "A cancel boundary event can only stand at a transaction.");
        if (source is IntermediateCatchEvent { LinkSources.Length: 0 } && source.Definition<LinkDefinition>() is { } link)
            context.Error(source.Id, "link", $"No throw event leads to the link '{link.Name}'.");
    }

    private static void CheckCancel(CompileContext context, EventNode source)
    {
        if (source.Container.Owner is not Transaction transaction) context.Error(source.Id, "cancel", "A cancel end event can only stand in a transaction.");
        else if (!transaction.Boundaries.Any(b => b.Definition<CancelDefinition>() is not null)) context.Error(source.Id, "cancel", $"The transaction '{transaction.Id}' has no cancel boundary event.");
    }

    private static void CheckInterruption(CompileContext context, EventNode source)
    {
        var mustInterrupt = source.Definitions.Any(d => d is ErrorDefinition or CancelDefinition);
        if (mustInterrupt && source is BoundaryEvent { IsInterrupting: false } or StartEvent { IsInterrupting: false, Container.Owner: EventSubProcess })
            context.Error(source.Id, "interrupting", "Errors and cancels always end the activity; the event cannot be non-interrupting.");
    }

    private static void CheckTimers(CompileContext context, EventNode source)
    {
        if (source is IntermediateCatchEvent && source.Definition<TimerDefinition>()?.When.Text.Trim() is { } text && text.StartsWith("R/", StringComparison.Ordinal))
            context.Error(source.Id, "timer", "A catch event cannot wait for a cycle without an end.");
    }
}
