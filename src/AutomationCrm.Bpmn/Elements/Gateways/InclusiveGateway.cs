using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Elements.Gateways;

/// <summary>Every way whose condition is true; and waits for all tokens that can still come.</summary>
public sealed class InclusiveGateway : FlowNode
{
    internal InclusiveGateway(MarkupElement markup)
        : base(markup)
    {
    }

    internal override ElementBehavior Behavior => InclusiveGatewayBehavior.Instance;
}

internal sealed class InclusiveGatewayBehavior : ElementBehavior
{
    public static readonly InclusiveGatewayBehavior Instance = new();

    public override void Enter(Run run, Node scope, FlowNode element, SequenceFlow? via)
    {
        // Whether it may go on is decided when everything else has come to rest, see Joins.FireOne.
        if (element.IncomingFlows.Length < 2 || via is null || Joins.Hold(run, scope, element, via) is null) run.Pass(scope, element);
    }
}
