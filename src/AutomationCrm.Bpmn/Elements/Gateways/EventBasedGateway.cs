using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Elements.Gateways;

/// <summary>Waits for the first of several events; the others are forgotten. With <c>instantiate</c> it starts the process.</summary>
public sealed class EventBasedGateway : FlowNode
{
    internal EventBasedGateway(MarkupElement markup)
        : base(markup)
    {
    }

    public bool Instantiates { get; internal set; }

    /// <summary>Only when it starts the process: all events have to occur, in any order.</summary>
    public bool IsParallel { get; internal set; }

    internal override SplitRule Split => SplitRule.All;

    internal override ElementBehavior Behavior => EventBasedGatewayBehavior.Instance;

    internal static IReadOnlyList<EventDefinition> AwaitedBy(FlowNode target) =>
        target is ReceiveTask receive ? receive.Awaited : ((EventNode)target).Definitions;
}

internal sealed class EventBasedGatewayBehavior : ElementBehavior
{
    public static readonly EventBasedGatewayBehavior Instance = new();

    public override void Enter(Run run, Node scope, FlowNode element, SequenceFlow? via)
    {
        var node = run.Add(scope, element.Index, NodeKind.Waiting);
        run.Record(HistoryKind.Entered, element, node.Id);
        Start(run, node, element);
    }

    public override void Start(Run run, Node node, FlowNode element)
    {
        foreach (var flow in element.OutgoingFlows)
        {
            if (run.TryArm(node, flow.Target, EventBasedGateway.AwaitedBy(flow.Target), out var problem)) continue;
            run.Subscriptions.Disarm(run, node);
            run.Raise(node, new(FlowChoice.Broken, problem, IncidentStage.Begin));
            return;
        }
    }

    public override void Occurred(Run run, Node node, FlowNode element, FlowNode source, VariableSet payload)
    {
        if (source is EventNode caught) Payloads.Take(run, node.Id, caught, payload);
        else run.Assign(node.Id, payload);
        run.Subscriptions.Disarm(run, node);
        run.Record(HistoryKind.Completed, element, node.Id);
        var scope = run.Own(node.Parent)!;
        run.Remove(node);
        run.Pass(scope, source);
    }
}
