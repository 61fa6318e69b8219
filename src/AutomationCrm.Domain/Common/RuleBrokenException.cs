namespace AutomationCrm.Domain.Common;

/// <summary>A rule of the business says no. <paramref name="code"/> is stable and machine readable, <see cref="Field"/> names the offending field where there is one.</summary>
public sealed class RuleBrokenException(string code, string message, string? field = null) : Exception(message)
{
    public RuleBrokenException(string code, ref RefusalText message, string? field = null)
        : this(code, message.Finish(), field) => Arguments = message.Arguments;

    public string Code { get; } = code;

    public string? Field { get; } = field;

    /// <summary>All offending fields where the rule names several; <see cref="Field"/> is the first of them.</summary>
    public IReadOnlyList<string> Fields { get; init; } = field is null ? [] : [field];

    /// <summary>What the message names, in the order of its English text; empty for a fixed message.</summary>
    public IReadOnlyList<object?> Arguments { get; } = [];
}
