using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>What all activities share; the default is one that passes at once.</summary>
internal abstract class ActivityBehavior : ElementBehavior
{
    public override void Enter(Run run, Node scope, FlowNode element, SequenceFlow? via) => Activities.Enter(run, scope, (Activity)element);

    public override void Start(Run run, Node node, FlowNode element) => Complete(run, node, element, VariableSet.Empty);

    public override void Complete(Run run, Node node, FlowNode element, VariableSet results) => Activities.Complete(run, node, (Activity)element, results);

    public override void Occurred(Run run, Node node, FlowNode element, FlowNode source, VariableSet payload) => Complete(run, node, element, payload);
}

/// <summary>A task that passes at once: plain and manual tasks.</summary>
internal sealed class PassingTaskBehavior : ActivityBehavior
{
    public static readonly PassingTaskBehavior Instance = new();
}

/// <summary>A task whose work the host does.</summary>
internal sealed class WorkBehavior : ActivityBehavior
{
    public static readonly WorkBehavior Instance = new();

    public override void Start(Run run, Node node, FlowNode element) => run.Emit(new StartWork(node.Id, (Activity)element, node.Locals));

    public override void Cancelled(Run run, Node node, FlowNode element) => run.Emit(new CancelWork(node.Id, (Activity)element));
}
