namespace AutomationCrm.Bpmn.Elements.EventDefinitions;

/// <summary>Ends everything in the innermost process or sub-process at once.</summary>
public sealed record TerminateDefinition : EventDefinition;
