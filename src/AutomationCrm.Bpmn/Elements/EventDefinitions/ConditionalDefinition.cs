using AutomationCrm.Bpmn.Expressions;

namespace AutomationCrm.Bpmn.Elements.EventDefinitions;

/// <summary>Happens when its condition becomes true.</summary>
public sealed record ConditionalDefinition(Expression Condition) : EventDefinition
{
    internal override bool IsArmed => true;
}
