namespace AutomationCrm.Application.Lanes;

/// <summary>The executor's tables. Only the database's clock decides what is due and whose lease is over.</summary>
public interface ILaneStore
{
    /// <summary>Takes up to <paramref name="lanes"/> ready lanes with the first <paramref name="jobsEach"/> jobs of each; counts the attempt.</summary>
    Task<IReadOnlyList<ClaimedLane>> ClaimAsync(int node, Guid token, int lanes, int jobsEach, CancellationToken ct);

    /// <summary>Gives lanes back unfinished, ready again after a pause. Lanes that are no longer ours are left alone.</summary>
    Task ReleaseAsync(IReadOnlyList<ClaimedLane> lanes, TimeSpan pause, CancellationToken ct);

    /// <summary>Gives lanes back that were claimed and not begun: the claim does not count as an attempt.</summary>
    Task GiveBackAsync(IReadOnlyList<ClaimedLane> lanes, CancellationToken ct);

    /// <summary>Gives back whatever a claim with this token still holds, also when the claim's own answer was lost.</summary>
    Task ReleaseAsync(int node, Guid token, CancellationToken ct);

    /// <summary>Takes a job that keeps killing or defeating its workers out of its lane and makes it an incident.</summary>
    Task QuarantineAsync(ClaimedLane lane, Incident incident, CancellationToken ct);

    /// <summary>Moves due timers into their lanes; answers how many.</summary>
    Task<int> FireTimersAsync(int most, CancellationToken ct);

    /// <summary>When the next timer or lane is due, measured from the database's now; null when nothing waits.</summary>
    Task<TimeSpan?> NextDueAsync(CancellationToken ct);

    /// <summary>Registers a process and answers its number.</summary>
    Task<int> RegisterNodeAsync(string name, string role, string version, TimeSpan lease, CancellationToken ct);

    /// <summary>Prolongs the lease; false when it was already over and somebody took our lanes.</summary>
    Task<bool> RenewAsync(int node, TimeSpan lease, CancellationToken ct);

    Task UnregisterNodeAsync(int node, CancellationToken ct);

    /// <summary>Frees lanes and deliveries of nodes whose lease is over; answers how many.</summary>
    Task<int> ReapAsync(CancellationToken ct);

    /// <summary>How long the oldest ready lane has been due.</summary>
    Task<TimeSpan> OldestDueAsync(CancellationToken ct);

    /// <summary>Housekeeping: folds totals, deletes idle lanes and old command ids, makes partitions for the coming months.</summary>
    Task SweepAsync(CancellationToken ct);
}
