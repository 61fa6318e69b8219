using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Robots;

/// <summary>How a robot run went.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    public static Outcome Nothing { get; } = new Done(new Dictionary<string, Value>());

    /// <summary>It did its work; later robots of the run may use the results as <c>{=key:Name}</c>.</summary>
    public sealed record Done(IReadOnlyDictionary<string, Value> Results) : Outcome
    {
        /// <summary>Variables of the run that it sets, for <c>{=Variable:NAME}</c>; without a value they are emptied.</summary>
        public IReadOnlyDictionary<string, Value> Variables { get; init; } = new Dictionary<string, Value>();
    }

    /// <summary>There was nothing to do, which is no failure.</summary>
    public sealed record Skipped(string Code, string Why) : Outcome;

    /// <summary>Go on at a time.</summary>
    public sealed record Wait(DateTimeOffset Until) : Outcome;

    /// <summary>It did not work; retryable failures are tried again with growing pauses before a person is asked.</summary>
    public sealed record Failed(string Code, string Message, bool Retryable) : Outcome;
}
