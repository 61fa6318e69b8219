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

    /// <summary>It may have arrived although there was no answer: an effect that must not repeat asks a person.</summary>
    public bool Unknown { get; init; }

    /// <summary>Set when nothing was tried because something is missing: it stays in the outbox and says what it waits for.</summary>
    public Held? Held { get; init; }

    /// <summary>A job for the lane of the item, written together with the outcome of a success: what the delivery means for the item.</summary>
    public (string Kind, string Args)? Then { get; init; }

    public bool Succeeded => Error is null && Held is null;

    public static SendResult Hold(string code, TimeSpan pause) => new(null, null, null, Retryable: true) { Held = new(code, pause) };
}

/// <param name="Code">What it waits for, resource <c>delivery.held.{Code}</c>.</param>
/// <param name="Pause">When to look again.</param>
public sealed record Held(string Code, TimeSpan Pause);
