using AutomationCrm.Bpmn.Expressions;

namespace AutomationCrm.Bpmn.Model;

/// <summary>A sequence flow between two nodes of one scope.</summary>
public sealed class SequenceFlow(string id, FlowNode source, FlowNode target)
{
    public string Id { get; } = id;

    public FlowNode Source { get; } = source;

    public FlowNode Target { get; } = target;

    public int Index { get; internal set; }

    /// <summary>Position among the incoming flows of the target.</summary>
    internal int Slot { get; set; }

    public Expression? Condition { get; internal set; }

    public override string ToString() => $"{Id} ({Source.Id} -> {Target.Id})";
}
