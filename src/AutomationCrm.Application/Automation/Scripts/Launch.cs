namespace AutomationCrm.Application.Automation.Scripts;

public enum LaunchState : short
{
    Running,

    /// <summary>Every item has had its turn; runs may still wait.</summary>
    Fed,
    Cancelled,
}

/// <summary>A list of robots on its way through many items.</summary>
public sealed class Launch
{
    /// <summary>What starts its robots instead of entering a stage; see <see cref="Stages.RobotConfig.StartedBy"/>.</summary>
    public const string Starter = "launch";

    public long Id { get; init; }

    public int TypeId { get; init; }

    /// <summary>Of an application to a stage: only items that still stand on it.</summary>
    public string? StageId { get; init; }

    public long? ScriptId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>JSON: the robots as a stage's automation.</summary>
    public string Content { get; init; } = "{}";

    /// <summary>JSON: what the starter was asked for, <c>{=Template:Name}</c>.</summary>
    public string Facts { get; init; } = "{}";

    public long AuthorId { get; init; }

    public DateTimeOffset At { get; init; }

    public LaunchState State { get; set; }

    public int Total { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>One item of a launch, in the order of their turns.</summary>
public sealed class LaunchItem
{
    public long LaunchId { get; init; }

    public int Position { get; init; }

    public long ItemId { get; init; }

    /// <summary>Null before its turn, and when it got none.</summary>
    public long? RunId { get; init; }

    /// <summary>Why it got no run: item.deleted or stage.left.</summary>
    public string? Reason { get; init; }
}

/// <param name="Items">Null: the items that stand on the launch's stage when it is written, counted by the database.</param>
public sealed record NewLaunch(Launch Launch, IReadOnlyList<long>? Items);

/// <summary>An item's turn.</summary>
public sealed record LaunchStep(long LaunchId, int Position, long? RunId, string? Reason);

public sealed record LaunchChange(long LaunchId, LaunchState State);
