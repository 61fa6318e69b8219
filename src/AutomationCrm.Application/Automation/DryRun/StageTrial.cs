using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>What would happen: every run in the order of its start, nothing of it done.</summary>
/// <param name="Stage">Null for robots that belong to no stage.</param>
/// <param name="Version">Of the stage's automation; null for robots that are not saved.</param>
/// <param name="EndedAt">Where the moved time stood at the end.</param>
/// <param name="Entry">What the beginning itself does, before any robot.</param>
/// <param name="Waiting">What still waits at the end.</param>
/// <param name="CutOff">Why the trial was ended early; null when it came to its end.</param>
public sealed record StageTrial(
    ItemRef Item,
    string ItemTitle,
    Stage? Stage,
    int? Version,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    IReadOnlyList<TrialAct> Entry,
    IReadOnlyList<TrialRun> Runs,
    IReadOnlyList<TrialWait> Waiting,
    string? CutOff)
{
    /// <summary>Every trigger that was asked on the way, with its answer.</summary>
    public IReadOnlyList<TrialTrigger> Triggers { get; init; } = [];
}

/// <param name="Code">applied, started, or why not: trigger.disabled, trigger.elsewhere, trigger.backwards, trigger.settings, condition.false, condition.unknown, trigger.later.</param>
/// <param name="Message">The reason in English.</param>
/// <param name="Condition">With what its rows saw, as JSON; null when it was not asked.</param>
public sealed record TrialTrigger(string Key, string Name, string Type, string StageId, string Code, string Message, string? Condition);

/// <param name="ItemTitle">As it would be then.</param>
public sealed record TrialRun(Run Run, Stage? Stage, string ItemTitle, IReadOnlyList<TrialRobot> Robots);

/// <param name="Acts">What it would change, add and send, in order.</param>
public sealed record TrialRobot(RobotView View, IReadOnlyList<TrialAct> Acts);

/// <summary>One thing that would be done.</summary>
/// <param name="Kind">changed, moved, added, deleted, task, task.changed, comment, notification, note, file, delivery or stopped.</param>
/// <param name="Item">Whom it concerns; null where no item is.</param>
/// <param name="Text">Title, text, or the person it goes to, in plain words.</param>
public sealed record TrialAct(string Kind, ItemRef? Item, string Text)
{
    public IReadOnlyList<TrialChange> Changes { get; init; } = [];

    /// <summary>To whom: a person's name for notifications and tasks, an address for deliveries.</summary>
    public string? To { get; init; }

    /// <summary>The prepared call as JSON, secrets by name only.</summary>
    public string? Request { get; init; }
}

/// <summary>A field before and after, as JSON.</summary>
public sealed record TrialChange(string Field, string? Old, string? New);

/// <param name="Until">Null for a wait without an end.</param>
public sealed record TrialWait(string RobotName, DateTimeOffset? Until);

/// <summary>What a robot's outside call is taken to answer.</summary>
/// <param name="ResultsJson">An object of the robot's results; made up when it is null.</param>
/// <param name="Message">Why it failed.</param>
public sealed record TrialAnswer(bool Delivered = true, string? ResultsJson = null, string? Message = null);
