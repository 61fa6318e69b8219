using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Elements.Tasks;

/// <summary>Waits for a message; with <c>instantiate</c> and no way in, the message starts the process.</summary>
public sealed class ReceiveTask : Activity
{
    internal ReceiveTask(MarkupElement markup)
        : base(markup)
    {
    }

    public MessageDefinition Message { get; internal set; } = null!;

    public bool Instantiates { get; internal set; }

    internal EventDefinition[] Awaited { get; set; } = [];

    internal override ElementBehavior Behavior => ReceiveTaskBehavior.Instance;
}

internal sealed class ReceiveTaskBehavior : ActivityBehavior
{
    public static readonly ReceiveTaskBehavior Instance = new();

    public override void Start(Run run, Node node, FlowNode element)
    {
        // After failed work the message is still awaited.
        if (run.Subscriptions.IsArmed(node, element)) return;
        if (run.TryArm(node, element, ((ReceiveTask)element).Awaited, out var problem)) return;
        run.Subscriptions.Disarm(run, node);
        run.Raise(node, new(FlowChoice.Broken, problem, IncidentStage.Begin));
    }
}
