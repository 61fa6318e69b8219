using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Elements.Events;

/// <summary>Sends a message, broadcasts a signal, escalates, undoes, follows a link; or marks a point that was reached.</summary>
public sealed class IntermediateThrowEvent : EventNode
{
    internal IntermediateThrowEvent(MarkupElement markup)
        : base(markup)
    {
    }

    /// <summary>Where a link goes on.</summary>
    public FlowNode? LinkTarget { get; internal set; }

    internal override ElementBehavior Behavior => IntermediateThrowEventBehavior.Instance;
}

internal sealed class IntermediateThrowEventBehavior : ElementBehavior
{
    public static readonly IntermediateThrowEventBehavior Instance = new();

    public override void Enter(Run run, Node scope, FlowNode element, SequenceFlow? via)
    {
        run.Record(HistoryKind.Entered, element, 0);
        Throwing.Throw(run, scope, (EventNode)element, 0);
    }
}
