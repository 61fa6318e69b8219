namespace AutomationCrm.Bpmn.Elements.EventDefinitions;

/// <summary>A business error; a catch without a code takes every code.</summary>
public sealed record ErrorDefinition(string? Code) : EventDefinition;
