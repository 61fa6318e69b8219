using AutomationCrm.Application.Automation.Dispatching;

namespace AutomationCrm.Application.Automation.Runs;

public enum RunState : short
{
    Running,
    Done,

    /// <summary>The item left the stage, or a person stopped it.</summary>
    Cancelled,

    /// <summary>The move that started it was undone.</summary>
    Undone,

    /// <summary>A limit stopped it.</summary>
    Stopped,
}

/// <summary>One execution of a stage automation for one item, pinned to the version it started with.</summary>
public sealed class Run
{
    public long Id { get; init; }

    public int TypeId { get; init; }

    public long ItemId { get; init; }

    public int PipelineId { get; init; }

    public string StageId { get; init; } = "";

    /// <summary>0 when the stage has no robots and the run only clears what the former stage left.</summary>
    public int ConfigVersion { get; init; }

    /// <summary>The version of the item that the move made.</summary>
    public long ItemVersion { get; init; }

    public Guid ChainId { get; init; }

    public int Depth { get; init; }

    public int ChainCount { get; init; }

    /// <summary>The door: page, rest, robot.</summary>
    public string Cause { get; init; } = "";

    public long? CauseRobotRunId { get; init; }

    public long ActorId { get; init; }

    public long RunAs { get; init; }

    public string? FromStageId { get; init; }

    /// <summary>The trigger without a move that started it, or <see cref="PassedStages.Starter"/>; null when the item entered the stage.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Whether the item only jumped over its stage.</summary>
    public bool JumpedOver => StartedBy == PassedStages.Starter;

    /// <summary>What its trigger told, as JSON; robots read it as <c>{=Template:Name}</c>.</summary>
    public string? Facts { get; init; }

    /// <summary>The launch whose robots it runs; null when they are the stage's.</summary>
    public long? LaunchId { get; init; }

    public RunState State { get; set; }

    public int OpenTracks { get; set; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Outside effects wait until then, so that a move made by hand can be undone.</summary>
    public DateTimeOffset? HoldUntil { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }

    public string? Message { get; set; }

    /// <summary>What its robots have put aside for later ones, by name as <see cref="Data.TypedJson"/>; null when none did.</summary>
    public string? Variables { get; set; }
}
