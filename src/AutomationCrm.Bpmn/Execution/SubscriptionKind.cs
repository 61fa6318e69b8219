namespace AutomationCrm.Bpmn.Execution;

/// <summary>What an armed event waits for.</summary>
public enum SubscriptionKind
{
    Message,
    Signal,
    Timer,
    Condition,
}
