using AutomationCrm.Bpmn.Expressions;

namespace AutomationCrm.Bpmn.Elements.EventDefinitions;

/// <summary>A date, a duration, a cycle (<c>R3/PT1H</c>) or a cron line, written as text or computed.</summary>
public sealed record TimerDefinition(Expression When) : EventDefinition
{
    internal override bool IsArmed => true;
}
