using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.Explain;

/// <summary>Why a robot ran or did not, in the words people think in.</summary>
public enum ExplainState
{
    Done,

    /// <summary>It started and its work failed; a person is asked.</summary>
    Failed,

    /// <summary>After the previous one, until a time, for an outside answer, or for the next attempt.</summary>
    Waiting,

    /// <summary>Its turn came and it did not start: switched off, condition not true, nothing to do.</summary>
    NotStarted,

    /// <summary>The item was not on the stage, the robot was added later, or the run ended before its turn.</summary>
    NeverReached,

    /// <summary>A limit against endless automation stopped the run.</summary>
    Limit,

    /// <summary>It waited and was stopped: the item left the stage, the move was undone.</summary>
    Stopped,
}

/// <summary>One robot of one stage for one item: what was, and how its configuration has changed since.</summary>
/// <param name="Code">Stable reason, for example <c>condition.false</c>, <c>robot.added_later</c>, <c>budget.moves</c>.</param>
/// <param name="Message">Why, in English.</param>
/// <param name="Robot">As recorded, with the operands it saw; null when only its absence is known.</param>
/// <param name="Run">The run it belongs to; null when there was none.</param>
public sealed record RobotExplanation(ItemRef Item, Stage? Stage, string StageId, string Key, string Name, string Type, ExplainState State, string Code, string Message, RobotView? Robot, Run? Run)
{
    /// <summary>The newest version of the stage's automation; null when there is none.</summary>
    public int? CurrentVersion { get; init; }

    /// <summary>Whether the newest version still has the robot.</summary>
    public bool StillThere { get; init; }

    /// <summary>Whether it is configured otherwise now than when it ran.</summary>
    public bool ChangedSince { get; init; }

    /// <summary>Who switched it off, and when; null while it is on.</summary>
    public ConfigMark? SwitchedOff { get; init; }

    /// <summary>Since which version it is there.</summary>
    public ConfigMark? Added { get; init; }

    /// <summary>What would happen if the item entered the stage now; null when it was not asked for or cannot be told.</summary>
    public TrialRobot? Now { get; init; }

    /// <summary>Why <see cref="Now"/> cannot be told.</summary>
    public string? NowProblem { get; init; }
}

/// <param name="PersonName">Empty for the system.</param>
public sealed record ConfigMark(int Version, string PersonName, DateTimeOffset At);
