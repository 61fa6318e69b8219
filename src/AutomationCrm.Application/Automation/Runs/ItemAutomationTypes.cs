using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>The automation tab of an item: what ran, what waits, and why the rest did not run.</summary>
/// <param name="Stages">In the order of the pipeline; stages of other pipelines the item has been on come last.</param>
public sealed record ItemAutomation(IReadOnlyList<StageRuns> Stages);

/// <param name="Stage">Null when the stage is gone; its id is in the runs.</param>
/// <param name="CurrentVersion">Of the stage's automation; null when it has none now.</param>
/// <param name="IsCurrent">Whether the item stands on it.</param>
/// <param name="Runs">Newest first.</param>
/// <param name="Robots">When there are no runs: the robots of the current version, none of them reached.</param>
public sealed record StageRuns(Stage? Stage, string StageId, int? CurrentVersion, bool IsCurrent, IReadOnlyList<RunView> Runs, IReadOnlyList<RobotView> Robots);

/// <summary>One run with every robot of the version it is pinned to.</summary>
/// <param name="CausedBy">The robot whose work started it; null when a person or a program did.</param>
public sealed record RunView(Run Run, string ActorName, string? FromStageName, string? CausedBy, IReadOnlyList<RobotView> Robots);

/// <summary>How far a robot is; the first nine are those of <see cref="RobotRunState"/>.</summary>
public enum RobotProgress
{
    Waiting,
    Sending,
    Done,
    Skipped,
    Retrying,
    Incident,
    Cancelled,
    Undone,
    Failed,

    /// <summary>Its turn has not come; <see cref="RobotView.Code"/> says whether it will.</summary>
    NotReached,
}

/// <summary>One robot of a run, or of a version when it was never reached.</summary>
/// <param name="Code">Stable reason, for example <c>condition.false</c>; for robots not reached: after.previous, run.queued, run.ended, robot.unreached, stage.jumped or stage.never.</param>
/// <param name="Message">Why, in English.</param>
public sealed record RobotView(int Track, int Position, string Key, string Type, string Name, RobotProgress Progress, string? Code, string? Message)
{
    /// <summary>Null when it was never reached.</summary>
    public long? RobotRunId { get; init; }

    public bool AfterPrevious { get; init; }

    public bool Enabled { get; init; } = true;

    public int Attempt { get; init; }

    /// <summary>When it goes on by itself.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? PlannedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>JSON as configured.</summary>
    public string RawSettings { get; init; } = "{}";

    /// <summary>JSON with placeholders filled in; null before that.</summary>
    public string? Settings { get; init; }

    /// <summary>JSON.</summary>
    public string? Results { get; init; }

    /// <summary>The condition as configured, with verdicts and the values it saw once it was evaluated (see <see cref="ConditionRecord"/>); null when it has none.</summary>
    public string? ConditionJson { get; init; }

    public ConditionView? Condition => ConditionJson is { } json ? ConditionView.Parse(json) : null;

    /// <summary>Its latest outside call.</summary>
    public DeliveryMark? Delivery { get; init; }

    /// <summary>The open incident, to be resolved by <c>ResolveIncident</c>.</summary>
    public long? IncidentId { get; init; }
}

public sealed record DeliveryMark(Guid EffectKey, DeliveryState State, int Attempt, string Destination, DateTimeOffset DueAt);
