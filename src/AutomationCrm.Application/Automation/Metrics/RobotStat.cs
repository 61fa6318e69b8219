namespace AutomationCrm.Application.Automation.Metrics;

/// <summary>Figures of one robot for the robot runs whose turn came on one day (UTC).</summary>
public sealed class RobotStat
{
    public int TypeId { get; init; }

    public string StageId { get; init; } = "";

    public string RobotKey { get; init; } = "";

    public DateOnly Day { get; init; }

    public long Begun { get; init; }

    public long Done { get; init; }

    public long Skipped { get; init; }

    /// <summary>How often it asked for a person; a robot run may do so several times.</summary>
    public long Failed { get; init; }

    /// <summary>Robot runs that did their work: what the two sums are made of.</summary>
    public long Ended { get; init; }

    /// <summary>Microseconds from its turn to its start.</summary>
    public long DelayUs { get; init; }

    /// <summary>Microseconds at work.</summary>
    public long WorkUs { get; init; }
}

/// <summary>What a batch adds to a <see cref="RobotStat"/>; folded in the background.</summary>
public sealed class RobotStatDelta
{
    public long Id { get; init; }

    public int TypeId { get; init; }

    public string StageId { get; init; } = "";

    public string RobotKey { get; init; } = "";

    public DateOnly Day { get; init; }

    public int Begun { get; init; }

    public int Done { get; init; }

    public int Skipped { get; init; }

    public int Failed { get; init; }

    public int Ended { get; init; }

    public long DelayUs { get; init; }

    public long WorkUs { get; init; }
}
