using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;

namespace AutomationCrm.Application.Automation.Editing;

public enum ProcessEntry
{
    /// <summary>The process does what is to be done when the condition of the robots does not hold.</summary>
    Otherwise,

    /// <summary>Somebody approves before the robots run; the answer moves the item.</summary>
    Approval,
}

/// <summary>What a linked process is begun with.</summary>
/// <param name="Place">The stage it starts on: an item that enters it starts the process.</param>
/// <param name="Version">The published version of the stage that the robots come from.</param>
/// <param name="Name">A name to begin with: the stage's.</param>
/// <param name="Condition">When the process has something to do, in the form of ConditionJson; of <see cref="ProcessEntry.Otherwise"/> the opposite of the robots' condition. Null: always.</param>
/// <param name="Robots">In their order, as they stand on the stage, conditions of their own included.</param>
/// <param name="Result">Where the result moves the item.</param>
public sealed record ProcessSeed(ProcessEntry Entry, StagePlace Place, int Version, string Name, JsonElement? Condition, IReadOnlyList<RobotConfig> Robots, ProcessResult Result);

/// <summary>Where the result of a process moves the item; null leaves it where it is.</summary>
/// <param name="Done">The stage after the process has ended well: approved, or everything done.</param>
/// <param name="Refused">The stage after a refusal; only of an approval.</param>
public sealed record ProcessResult(string? Done, string? Refused);

/// <summary>
/// Where the editor hands over to processes. The process side registers one implementation; without it the entries say that there are no
/// processes. The stage does not change at the hand-over: what replaces the robots on it is decided when the process is published, by an
/// ordinary save of the stage that names <see cref="ProcessSeed.Version"/>.
/// </summary>
public interface IProcessDrafts
{
    /// <summary>Makes a draft of a process and answers the local address where it is drawn. Throws <c>RuleBrokenException</c> when it cannot.</summary>
    Task<string> BeginAsync(ProcessSeed seed, CancellationToken ct);
}
