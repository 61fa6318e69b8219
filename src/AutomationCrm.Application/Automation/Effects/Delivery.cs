namespace AutomationCrm.Application.Automation.Effects;

public enum DeliveryState : short
{
    Waiting,
    Sending,
    Delivered,
    Failed,
    Cancelled,

    /// <summary>Sent without a known outcome and not to be repeated blindly.</summary>
    Unknown,
}

/// <summary>An effect on the outside world, kept until it is done: the outbox.</summary>
public sealed class Delivery
{
    /// <summary>Stable over all attempts; receivers use it to notice repeats.</summary>
    public Guid EffectKey { get; init; }

    public long LaneId { get; init; }

    public int TypeId { get; init; }

    public long ItemId { get; init; }

    public long RunId { get; init; }

    public long RobotRunId { get; init; }

    public string RobotName { get; init; } = "";

    /// <summary>Names the <c>IEffectSender</c>.</summary>
    public string EffectKind { get; init; } = "";

    public bool Exact { get; init; }

    /// <summary>Where it goes, for people: an origin, an address.</summary>
    public string Destination { get; init; } = "";

    /// <summary>JSON, understood by the sender.</summary>
    public string Request { get; init; } = "{}";

    public DeliveryState State { get; set; }

    public DateTimeOffset DueAt { get; set; }

    public int Attempt { get; set; }

    /// <summary>What it waits for before it can be tried at all, for example <c>mail.settings</c>; null when nothing is missing.</summary>
    public string? Held { get; set; }

    public Guid? LeaseToken { get; set; }

    public int? Owner { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked for the next attempt by hand.</summary>
    public long? ByPerson { get; set; }
}

/// <summary>One try of a delivery and what came back.</summary>
public sealed class DeliveryAttempt
{
    public Guid EffectKey { get; init; }

    public int Attempt { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public int DurationMs { get; init; }

    /// <summary>The status of the answer, null when there was none.</summary>
    public int? Status { get; init; }

    public string? Response { get; init; }

    public string? Error { get; init; }

    /// <summary>Who asked for it again by hand.</summary>
    public long? ByPerson { get; init; }
}
