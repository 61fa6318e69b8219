namespace AutomationCrm.Application.Automation.Pausing;

/// <summary>A person's word that the robots of a stage, or of a whole pipeline, wait. Resumed ones stay as a record.</summary>
public sealed class AutomationPause
{
    public long Id { get; init; }

    public int TypeId { get; init; }

    public int PipelineId { get; init; }

    /// <summary>Null: every stage of the pipeline.</summary>
    public string? StageId { get; init; }

    public long PausedBy { get; init; }

    public DateTimeOffset PausedAt { get; init; }

    public long? ResumedBy { get; set; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? ResumedAt { get; set; }
}

/// <summary>A step of a run that waits for the end of a pause.</summary>
public sealed class HeldJob
{
    public long Id { get; init; }

    public long PauseId { get; init; }

    public long RunId { get; init; }

    public int Track { get; init; }

    /// <summary>The robot whose turn it is.</summary>
    public int Position { get; init; }

    public long LaneId { get; init; }

    public string JobKind { get; init; } = "";

    public string Args { get; init; } = "{}";

    public DateTimeOffset At { get; init; }
}
