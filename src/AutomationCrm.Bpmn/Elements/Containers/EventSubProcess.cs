using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Elements.Containers;

/// <summary>Runs inside its scope when its start event occurs.</summary>
public sealed class EventSubProcess : SubProcess
{
    internal EventSubProcess(MarkupElement markup)
        : base(markup)
    {
    }

    public StartEvent Start { get; internal set; } = null!;

    internal override ElementBehavior Behavior => EventSubProcessBehavior.Instance;
}

internal sealed class EventSubProcessBehavior : SubProcessBehavior
{
    public static new readonly EventSubProcessBehavior Instance = new();

    public override void Start(Run run, Node node, FlowNode element)
    {
        var handler = (EventSubProcess)element;
        if (!TryArmStarts(run, node, handler.Content, out var problem))
        {
            run.Subscriptions.Disarm(run, node);
            run.Raise(node, new(FlowChoice.Broken, problem, IncidentStage.Begin));
            return;
        }

        Scopes.Open(run, node, handler.Content);
        run.Place(node, handler.Start);
    }

    public override void Emptied(Run run, Node node, FlowNode element)
    {
        run.Subscriptions.Disarm(run, node);
        run.Record(HistoryKind.Completed, element, node.Id);
        var scope = run.Own(node.Parent)!;
        scope.Log = Compensation.Prepend(node.Log, scope.Log);
        run.Remove(node);
        run.Consume(scope);
    }
}
