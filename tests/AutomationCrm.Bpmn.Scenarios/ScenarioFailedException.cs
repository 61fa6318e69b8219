namespace AutomationCrm.Bpmn.Scenarios;

/// <summary>A run did not go as its scenario says.</summary>
public sealed class ScenarioFailedException(string message) : Exception(message);
