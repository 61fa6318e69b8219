namespace AutomationCrm.Bpmn.Elements.EventDefinitions;

/// <summary>A signal: reaches everything that waits for its name.</summary>
public sealed record SignalDefinition(EventName Name) : EventDefinition
{
    internal override bool IsArmed => true;
}
