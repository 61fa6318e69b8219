using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Elements.Events;

/// <summary>Watches an activity while it is active.</summary>
public sealed class BoundaryEvent : EventNode
{
    internal BoundaryEvent(MarkupElement markup)
        : base(markup)
    {
    }

    public Activity AttachedTo { get; internal set; } = null!;

    /// <summary>Whether the activity ends when the event occurs; errors and cancels always interrupt.</summary>
    public bool IsInterrupting { get; internal set; } = true;

    internal override ElementBehavior Behavior => BoundaryEventBehavior.Instance;
}

/// <summary>Tokens never flow into a boundary event; after an incident on its way out it is left again.</summary>
internal sealed class BoundaryEventBehavior : ElementBehavior
{
    public static readonly BoundaryEventBehavior Instance = new();

    public override void Enter(Run run, Node scope, FlowNode element, SequenceFlow? via) => run.Leave(scope, element);
}
