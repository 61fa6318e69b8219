using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Elements.Events;

/// <summary>Waits for a message, timer, signal or condition, any or all of several; or is where a link goes on.</summary>
public sealed class IntermediateCatchEvent : EventNode
{
    internal IntermediateCatchEvent(MarkupElement markup)
        : base(markup)
    {
    }

    /// <summary>The throw events of the same link name.</summary>
    internal FlowNode[] LinkSources { get; set; } = [];

    internal override ElementBehavior Behavior => IntermediateCatchEventBehavior.Instance;
}

internal sealed class IntermediateCatchEventBehavior : ElementBehavior
{
    public static readonly IntermediateCatchEventBehavior Instance = new();

    public override void Enter(Run run, Node scope, FlowNode element, SequenceFlow? via)
    {
        var caught = (IntermediateCatchEvent)element;
        if (!caught.IsArmed)
        {
            run.Pass(scope, element);
            return;
        }

        var node = run.Add(scope, element.Index, NodeKind.Waiting);
        run.Record(HistoryKind.Entered, element, node.Id);
        Start(run, node, element);
    }

    public override void Start(Run run, Node node, FlowNode element)
    {
        if (run.TryArm(node, element, ((IntermediateCatchEvent)element).Definitions, out var problem)) return;
        run.Subscriptions.Disarm(run, node);
        run.Raise(node, new(FlowChoice.Broken, problem, IncidentStage.Begin));
    }

    public override void Occurred(Run run, Node node, FlowNode element, FlowNode source, VariableSet payload)
    {
        // A finite cycle lets one token go per firing; the last one takes the event with it (betsy Timer_IntermediateTimeCycleEvent).
        if (node.FirstSubscription != 0 && run.Subscriptions.Find(node.FirstSubscription) is { Kind: SubscriptionKind.Timer, Cycle: not null, Remaining: > 0 } && ((EventNode)element).Definitions.Count == 1)
        {
            var scope = run.Own(node.Parent)!;
            run.Record(HistoryKind.Completed, element, node.Id);
            scope.Children++;
            run.Leave(scope, element);
            return;
        }

        Complete(run, node, element, payload);
    }

    public override void Complete(Run run, Node node, FlowNode element, VariableSet results)
    {
        Payloads.Take(run, node.Id, (EventNode)element, results);
        run.Subscriptions.Disarm(run, node);
        run.Record(HistoryKind.Completed, element, node.Id);
        var scope = run.Own(node.Parent)!;
        run.Remove(node);
        run.Leave(scope, element);
    }
}
