namespace AutomationCrm.Bpmn.Elements.EventDefinitions;

/// <summary>Tells the surroundings something without ending the work; a catch without a code takes every code.</summary>
public sealed record EscalationDefinition(string? Code) : EventDefinition;
