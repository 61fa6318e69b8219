namespace AutomationCrm.Application.Crm.Timeline;

public sealed class Comment
{
    public const int TextMaxLength = 10_000;

    public long Id { get; init; }

    public int TypeId { get; init; }

    public long ItemId { get; init; }

    public long AuthorId { get; init; }

    public string Text { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public long? RunId { get; init; }

    public long? RobotRunId { get; init; }
}

/// <summary>A line in a person's bell.</summary>
public sealed class Notification
{
    public const int TextMaxLength = 2_000;
    public const int MostPeople = 200;

    public long Id { get; init; }

    public long PersonId { get; init; }

    public string Text { get; init; } = "";

    public int? TypeId { get; init; }

    public long? ItemId { get; init; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset? ReadAt { get; set; }

    public long? RunId { get; init; }

    public long? RobotRunId { get; init; }

    /// <summary>What it groups: while it is unread, the same again counts here instead of making another line. Null for lines of their own.</summary>
    public string? GroupKey { get; init; }

    public int Count { get; init; } = 1;
}

/// <summary>One version of an item: who, when, why, old and new values as JSON <c>{"CODE":{"old":…,"new":…}}</c>.</summary>
public sealed class StoredEvent
{
    /// <summary>The kind of a move that takes a move back.</summary>
    public const string Undone = "undone";

    public const string Moved = "moved";

    public int TypeId { get; init; }

    public long ItemId { get; init; }

    public long Version { get; init; }

    public DateTimeOffset At { get; init; }

    public string Kind { get; init; } = "";

    public long ActorId { get; init; }

    public Guid ChainId { get; init; }

    public int Depth { get; init; }

    public long? RobotRunId { get; init; }

    public Guid? CommandId { get; init; }

    public string Changes { get; init; } = "{}";
}

/// <summary>The item came onto a stage.</summary>
public sealed class StageHistoryEntry
{
    public long Id { get; init; }

    public int TypeId { get; init; }

    public long ItemId { get; init; }

    /// <summary>1 added, 2 moved, 3 moved to a final stage, 5 pipeline changed.</summary>
    public short Kind { get; init; }

    public int PipelineId { get; init; }

    public string StageId { get; init; } = "";

    public char Semantics { get; init; }

    public DateTimeOffset At { get; init; }

    public long ActorId { get; init; }

    public int Depth { get; init; }
}
