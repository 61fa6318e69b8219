namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>One event that triggers were asked about, kept with every candidate and its reason.</summary>
public sealed class TriggerRecord
{
    public long Id { get; init; }

    public int TypeId { get; init; }

    public long ItemId { get; init; }

    /// <summary>The item's version before the move.</summary>
    public long ItemVersion { get; init; }

    /// <summary>One of <see cref="TriggerEvents"/> or <c>HappeningCodes</c>.</summary>
    public string Event { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public Guid ChainId { get; init; }

    public int Depth { get; init; }

    /// <summary>Who caused the event; 0 is automation.</summary>
    public long ActorId { get; init; }

    /// <summary>Where the item stood.</summary>
    public string StageId { get; init; } = "";

    /// <summary>The trigger that moved the item, or the first that started robots; null when none matched.</summary>
    public string? TriggerKey { get; init; }

    public string? TriggerName { get; init; }

    /// <summary>Where it moved the item; null when it did not.</summary>
    public string? ToStageId { get; init; }

    /// <summary>The contact or company the event was passed on from.</summary>
    public int? ClientTypeId { get; init; }

    public long? ClientId { get; init; }

    /// <summary>JSON.</summary>
    public string Facts { get; init; } = "{}";

    /// <summary>JSON, see <see cref="TriggerDecision.CandidatesJson"/>.</summary>
    public string Candidates { get; init; } = "[]";
}
