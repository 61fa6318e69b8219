using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Elements.EventDefinitions;

/// <summary>Undoes one activity, or everything completed in the scope.</summary>
public sealed record CompensateDefinition(bool WaitForCompletion, string? ActivityId) : EventDefinition
{
    internal FlowNode? Activity { get; set; }
}
