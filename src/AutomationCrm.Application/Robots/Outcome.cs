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

    /// <summary>
    /// Go on when something happens. The robot is asked again by <see cref="IRobot.ContinueAsync"/> whenever one of the signals comes, in the
    /// transaction order of what happened, and once more when the time is over; until then nothing is polled.
    /// </summary>
    /// <param name="Code">What is waited for, stable, for example <c>wait.task</c>; shown by resource <c>reason.wait_task</c>.</param>
    /// <param name="Why">The same in English.</param>
    public sealed record WaitFor(string Code, string Why, IReadOnlyList<WaitSignal> Signals) : Outcome
    {
        /// <summary>When the waiting is over at the latest; null waits for ever.</summary>
        public DateTimeOffset? Until { get; init; }

        /// <summary>Results known already; later robots of other tracks may use them, and they come back with the answer.</summary>
        public IReadOnlyDictionary<string, Value> Results { get; init; } = new Dictionary<string, Value>();
    }

    /// <summary>Answer of <see cref="IRobot.ContinueAsync"/>: it was something else, wait on as before.</summary>
    public static Outcome KeepWaiting { get; } = new StillWaiting();

    internal sealed record StillWaiting : Outcome;

    /// <summary>The robots after it in its track do not run.</summary>
    public sealed record Stop(string Code, string Why) : Outcome;

    /// <summary>It did not work; retryable failures are tried again with growing pauses before a person is asked.</summary>
    public sealed record Failed(string Code, string Message, bool Retryable) : Outcome;
}
