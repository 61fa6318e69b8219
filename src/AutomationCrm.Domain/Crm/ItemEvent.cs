using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Domain.Crm;

/// <summary>Something that happened to one item; every event is one version of the item (invariant I4).</summary>
public abstract record ItemEvent(ItemRef Item, long Version, IReadOnlyList<FieldChange> Changes, long ActorId, DateTimeOffset At)
{
    /// <summary>The name under which it is stored.</summary>
    public abstract string Kind { get; }
}

/// <summary>The item was added; <paramref name="Stage"/> is null for items without stages.</summary>
public sealed record ItemAdded(ItemRef Item, IReadOnlyList<FieldChange> Changes, Stage? Stage, long ActorId, DateTimeOffset At)
    : ItemEvent(Item, 1, Changes, ActorId, At)
{
    public override string Kind => "added";
}

/// <summary>Fields changed, the stage did not.</summary>
public sealed record ItemChanged(ItemRef Item, long Version, IReadOnlyList<FieldChange> Changes, long ActorId, DateTimeOffset At)
    : ItemEvent(Item, Version, Changes, ActorId, At)
{
    public override string Kind => "changed";
}

/// <summary>The item moved to another stage, perhaps of another pipeline; other fields may have changed with it.</summary>
public sealed record StageChanged(ItemRef Item, long Version, IReadOnlyList<FieldChange> Changes, Stage? From, Stage To, long ActorId, DateTimeOffset At)
    : ItemEvent(Item, Version, Changes, ActorId, At)
{
    public override string Kind => "moved";
}

public sealed record ItemDeleted(ItemRef Item, long Version, IReadOnlyList<FieldChange> Changes, long ActorId, DateTimeOffset At)
    : ItemEvent(Item, Version, Changes, ActorId, At)
{
    public override string Kind => "deleted";
}
