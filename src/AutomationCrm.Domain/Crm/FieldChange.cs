using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Domain.Crm;

/// <summary>One field's old and new value within an event.</summary>
public sealed record FieldChange(string Code, Value Old, Value New);
