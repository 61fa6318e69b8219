namespace AutomationCrm.Application.Automation.Effects;

/// <summary>A delivery in this node's hands.</summary>
public sealed record ClaimedDelivery(Delivery Delivery, Guid Token);

/// <summary>A delivery that may be taken.</summary>
public readonly record struct DueDelivery(Guid EffectKey, string Destination);

/// <summary>What became of an attempt, and what follows.</summary>
/// <param name="Pause">Set when it will be tried again: how long from now, by the database's clock.</param>
/// <param name="JobArgs">Set when the robot's track goes on: the job for its lane.</param>
public sealed record DeliveryOutcome(ClaimedDelivery Claimed, DeliveryState State, DeliveryAttempt Attempt, TimeSpan? Pause, string? JobKind, string? JobArgs)
{
    /// <summary>A further job for the lane, before the one that continues the track.</summary>
    public (string Kind, string Args)? Then { get; init; }
}

/// <summary>The outbox in the database.</summary>
public interface IDeliveryStore
{
    /// <summary>Takes due deliveries, marks them started and counts the attempt, in one committed statement.</summary>
    Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(int node, int most, CancellationToken ct);

    /// <summary>What is due, oldest first, without those that go to given destinations; nothing is taken yet.</summary>
    Task<IReadOnlyList<DueDelivery>> DueAsync(int most, IReadOnlyCollection<string> without, CancellationToken ct);

    /// <summary>Takes these deliveries as far as they are due still.</summary>
    Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(int node, Guid token, IReadOnlyCollection<Guid> keys, CancellationToken ct);

    /// <summary>Gives back whatever a claim with this token took and nobody began, because its answer was lost; it does not count as an attempt.</summary>
    Task GiveBackAsync(int node, Guid token, CancellationToken ct);

    /// <summary>Puts off everything that is due for a destination that takes no calls, with one statement: after the pause it comes spread over time. Answers how much.</summary>
    Task<int> PutOffAsync(string destination, TimeSpan pause, CancellationToken ct);

    /// <summary>Writes the outcome together with the job that continues the track; false when the delivery was taken from us.</summary>
    Task<bool> CompleteAsync(DeliveryOutcome outcome, CancellationToken ct);

    /// <summary>Puts a claimed delivery back without an attempt: its destination does not take calls at present, or something is missing.</summary>
    /// <param name="held">What it waits for; null when its time will simply come.</param>
    Task PostponeAsync(ClaimedDelivery claimed, TimeSpan pause, string? held, CancellationToken ct);

    Task<TimeSpan?> NextDueAsync(CancellationToken ct);
}
