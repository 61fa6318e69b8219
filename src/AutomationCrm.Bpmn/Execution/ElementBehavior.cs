using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>What an element does. One object per element type, without state of its own.</summary>
internal abstract class ElementBehavior
{
    /// <summary>A token reaches the element; <paramref name="via"/> is null at a start or after an incident.</summary>
    public abstract void Enter(Run run, Node scope, FlowNode element, SequenceFlow? via);

    /// <summary>The activity starts; its node is recorded and its events are armed.</summary>
    public virtual void Start(Run run, Node node, FlowNode element) => throw Unexpected(element);

    /// <summary>What it waited for is there.</summary>
    public virtual void Complete(Run run, Node node, FlowNode element, VariableSet results) => throw Unexpected(element);

    /// <summary>The host is told that a waiting node is gone.</summary>
    public virtual void Cancelled(Run run, Node node, FlowNode element)
    {
    }

    /// <summary>The last token in the scope of this node is gone.</summary>
    public virtual void Emptied(Run run, Node node, FlowNode element) => throw Unexpected(element);

    /// <summary>One of the subscriptions of the node was met; <paramref name="source"/> is the event or receive task of the subscription.</summary>
    public virtual void Occurred(Run run, Node node, FlowNode element, FlowNode source, VariableSet payload) => throw Unexpected(element);

    private static InvalidOperationException Unexpected(FlowNode element) => new($"{element} cannot be asked for this.");
}
