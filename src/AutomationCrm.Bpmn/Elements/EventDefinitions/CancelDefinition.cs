namespace AutomationCrm.Bpmn.Elements.EventDefinitions;

/// <summary>Gives up a transaction and undoes it.</summary>
public sealed record CancelDefinition : EventDefinition;
