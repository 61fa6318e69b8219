namespace AutomationCrm.Bpmn.Elements.EventDefinitions;

/// <summary>Goes on at the catch event of the same name in the same scope.</summary>
public sealed record LinkDefinition(string Name) : EventDefinition;
