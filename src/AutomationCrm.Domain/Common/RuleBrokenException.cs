namespace AutomationCrm.Domain.Common;

/// <summary>A rule of the business says no. <paramref name="code"/> is stable and machine readable, <see cref="Field"/> names the offending field where there is one.</summary>
public sealed class RuleBrokenException(string code, string message, string? field = null) : Exception(message)
{
    public string Code { get; } = code;

    public string? Field { get; } = field;
}
