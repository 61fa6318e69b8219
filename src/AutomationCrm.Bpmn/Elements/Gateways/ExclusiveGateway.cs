using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Elements.Gateways;

/// <summary>One way of several: the first whose condition is true, else the default.</summary>
public sealed class ExclusiveGateway : FlowNode
{
    internal ExclusiveGateway(MarkupElement markup)
        : base(markup)
    {
    }

    internal override SplitRule Split => SplitRule.FirstTrue;

    internal override ElementBehavior Behavior => ExclusiveGatewayBehavior.Instance;
}

internal sealed class ExclusiveGatewayBehavior : ElementBehavior
{
    public static readonly ExclusiveGatewayBehavior Instance = new();

    public override void Enter(Run run, Node scope, FlowNode element, SequenceFlow? via) => run.Pass(scope, element);
}
