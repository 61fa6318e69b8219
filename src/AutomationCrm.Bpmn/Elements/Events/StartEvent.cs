using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Elements.Events;

/// <summary>Where a process, sub-process or event sub-process begins.</summary>
public sealed class StartEvent : EventNode
{
    internal StartEvent(MarkupElement markup)
        : base(markup)
    {
    }

    /// <summary>Of an event sub-process: whether it takes over from the tokens of its scope.</summary>
    public bool IsInterrupting { get; internal set; } = true;

    internal override ElementBehavior Behavior => StartEventBehavior.Instance;
}

internal sealed class StartEventBehavior : ElementBehavior
{
    public static readonly StartEventBehavior Instance = new();

    public override void Enter(Run run, Node scope, FlowNode element, SequenceFlow? via) => run.Pass(scope, element);
}
