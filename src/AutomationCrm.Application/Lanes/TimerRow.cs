namespace AutomationCrm.Application.Lanes;

/// <summary>A waiting job as stored: it comes into its lane when due.</summary>
public sealed class TimerRow
{
    public Guid Id { get; init; }

    public DateTimeOffset DueAt { get; set; }

    public long LaneId { get; init; }

    public long? RunId { get; init; }

    public long? RobotRunId { get; init; }

    public string JobKind { get; init; } = "";

    public string Args { get; init; } = "{}";
}

/// <summary>A process that works on this database; one lease for all its lanes.</summary>
public sealed class Node
{
    public int Id { get; init; }

    public string Name { get; init; } = "";

    public string Role { get; init; } = "";

    public string Version { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset LeaseUntil { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }
}
