using AutomationCrm.Bpmn.Expressions;

namespace AutomationCrm.Bpmn.Model;

/// <summary>Gives the variable <paramref name="Target"/> the value of an expression, on the way in or out of an activity.</summary>
public sealed record Mapping(string Target, Expression Value);
