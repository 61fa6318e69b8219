using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Robots;

/// <summary>Makes outside calls of one kind. At least once: the same key may come again after a crash.</summary>
public interface IEffectSender
{
    string Kind { get; }

    Task<SendResult> SendAsync(string requestJson, Guid effectKey, int attempt, CancellationToken ct);
}

/// <summary>What came back from outside.</summary>
/// <param name="Status">The answer's status, null without an answer.</param>
/// <param name="Response">The answer as far as it is kept.</param>
/// <param name="Error">Why it did not work, null when it did.</param>
/// <param name="Retryable">Whether trying again may help.</param>
public sealed record SendResult(int? Status, string? Response, string? Error, bool Retryable)
{
    public IReadOnlyDictionary<string, Value> Results { get; init; } = new Dictionary<string, Value>();

    /// <summary>The receiver asks to wait that long.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool Succeeded => Error is null;
}
