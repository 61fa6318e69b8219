namespace AutomationCrm.Application.Lanes;

/// <summary>A parked step that waits for a person: retry, skip, mark done.</summary>
public sealed class Incident
{
    public long Id { get; init; }

    public long LaneId { get; init; }

    public int? TypeId { get; init; }

    public long? ItemId { get; init; }

    public long? RunId { get; init; }

    public long? RobotRunId { get; init; }

    public Guid? EffectKey { get; init; }

    /// <summary>Stable reason, for example <c>robot.failed</c>, <c>budget.moves</c>, <c>effect.unknown</c>.</summary>
    public string Code { get; init; } = "";

    public string Message { get; init; } = "";

    public string? JobKind { get; init; }

    public string? Args { get; init; }

    /// <summary>0 open, 1 resolved.</summary>
    public short State { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; set; }

    public long? ResolvedBy { get; set; }

    public string? Resolution { get; set; }
}
