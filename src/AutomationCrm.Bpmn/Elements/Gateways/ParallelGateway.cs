using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Elements.Gateways;

/// <summary>All ways at once; and waits for one token from every way in.</summary>
public sealed class ParallelGateway : FlowNode
{
    internal ParallelGateway(MarkupElement markup)
        : base(markup)
    {
    }

    internal override SplitRule Split => SplitRule.All;

    internal override ElementBehavior Behavior => ParallelGatewayBehavior.Instance;
}

internal sealed class ParallelGatewayBehavior : ElementBehavior
{
    public static readonly ParallelGatewayBehavior Instance = new();

    public override void Enter(Run run, Node scope, FlowNode element, SequenceFlow? via)
    {
        if (element.IncomingFlows.Length < 2 || via is null || Joins.Hold(run, scope, element, via) is not { } join)
        {
            run.Pass(scope, element);
            return;
        }

        if (Array.IndexOf(((JoinData)join.Data!).Arrived, 0) < 0) Joins.Fire(run, scope, join, element);
    }
}
