using AutomationCrm.Bpmn.Expressions;

namespace AutomationCrm.Bpmn.Elements.EventDefinitions;

/// <summary>A message: goes to one receiver, found by name and, if given, correlation key.</summary>
public sealed record MessageDefinition(EventName Name, Expression? CorrelationKey) : EventDefinition
{
    internal override bool IsArmed => true;
}
