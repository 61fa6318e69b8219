using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Automation.Waits;

/// <summary>A robot run that waits for something to happen to an item, found by the item and what happens.</summary>
public sealed class Watch
{
    public int TypeId { get; init; }

    public long ItemId { get; init; }

    /// <summary><c>field:CODE</c> or one of <c>HappeningCodes</c>.</summary>
    public string Signal { get; init; } = "";

    public long RobotRunId { get; init; }

    /// <summary>Where its track goes on; not always that of the item it watches.</summary>
    public long LaneId { get; init; }

    /// <summary>The job that asks it, without the signal.</summary>
    public string Args { get; init; } = "{}";
}

/// <param name="Args">The job that asks it, without the signal.</param>
public sealed record NewWatch(ItemRef Item, string Signal, long RobotRunId, LaneId Lane, string Args);

/// <summary>Something that has happened to an item.</summary>
/// <param name="Facts">As <see cref="Data.TypedJson"/>; null for changed fields.</param>
public sealed record Signal(ItemRef Item, string Code, string? Facts);
