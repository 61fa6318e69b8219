using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Elements.Events;

/// <summary>Where a token ends, with what it does last.</summary>
public sealed class EndEvent : EventNode
{
    internal EndEvent(MarkupElement markup)
        : base(markup)
    {
    }

    internal override ElementBehavior Behavior => EndEventBehavior.Instance;
}

internal sealed class EndEventBehavior : ElementBehavior
{
    public static readonly EndEventBehavior Instance = new();

    public override void Enter(Run run, Node scope, FlowNode element, SequenceFlow? via)
    {
        var end = (EndEvent)element;
        run.Record(HistoryKind.Entered, element, 0);
        if (end.Definitions.Count > 0)
        {
            Throwing.Throw(run, scope, end, 0);
            return;
        }

        run.Record(HistoryKind.Completed, element, 0);
        run.Consume(scope);
    }
}
