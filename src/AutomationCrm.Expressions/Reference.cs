namespace AutomationCrm.Expressions;

/// <summary>A path a template asks of its source, with the place of its first use.</summary>
public sealed record Reference(string Path, int Position, int Length);
