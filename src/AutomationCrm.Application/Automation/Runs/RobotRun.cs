namespace AutomationCrm.Application.Automation.Runs;

public enum RobotRunState : short
{
    /// <summary>Until a time, see <see cref="RobotRun.DueAt"/>.</summary>
    Waiting,

    /// <summary>Its effect is in the outbox.</summary>
    Sending,
    Done,

    /// <summary>It did not run, and <see cref="RobotRun.Message"/> says why.</summary>
    Skipped,

    /// <summary>It failed and will be tried again at <see cref="RobotRun.DueAt"/>.</summary>
    Retrying,

    /// <summary>It failed for good and waits for a person.</summary>
    Incident,
    Cancelled,
    Undone,

    /// <summary>It failed for good, and its track went on or ended as configured.</summary>
    Failed,
}

/// <summary>One execution of one robot: what went in, what came out, and why.</summary>
public sealed class RobotRun
{
    /// <summary>The <see cref="Code"/> of robot runs that were done in an earlier run and are used by a later one.</summary>
    public const string TakenOver = "run.taken_over";

    public long Id { get; init; }

    public long RunId { get; init; }

    public int TypeId { get; init; }

    public long ItemId { get; init; }

    /// <summary>The stage of its run.</summary>
    public string StageId { get; init; } = "";

    public int Track { get; init; }

    public int Position { get; init; }

    /// <summary>Names the configured robot across versions.</summary>
    public string RobotKey { get; init; } = "";

    public string RobotType { get; init; } = "";

    public string Name { get; init; } = "";

    public RobotRunState State { get; set; }

    public int Attempt { get; set; } = 1;

    public DateTimeOffset? DueAt { get; set; }

    /// <summary>JSON as configured.</summary>
    public string RawSettings { get; init; } = "{}";

    /// <summary>JSON with placeholders filled in.</summary>
    public string? Settings { get; set; }

    /// <summary>JSON: each row of the condition with the value it saw.</summary>
    public string? Operands { get; set; }

    /// <summary>JSON: what later robots of the run may use.</summary>
    public string? Results { get; set; }

    /// <summary>Stable reason of the outcome, for example <c>condition.false</c>.</summary>
    public string? Code { get; set; }

    public string? Message { get; set; }

    public Guid? EffectKey { get; set; }

    public DateTimeOffset PlannedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public int? DurationUs { get; set; }
}
