namespace AutomationCrm.Application.Crm.Tasks;

public enum TaskState : short
{
    Open,
    Done,
    Cancelled,
}

/// <summary>What kind of to-do it is; a call or a meeting is a planned activity of the item.</summary>
public enum TaskKind : short
{
    Task,
    ToDo,
    Call,
    Meeting,
}

/// <summary>A to-do of a person, linked to an item (created by robots or by hand).</summary>
public sealed class TaskItem
{
    public const int TitleMaxLength = 255;
    public const int DescriptionMaxLength = 20_000;
    public const int MostPeople = 50;

    public long Id { get; init; }

    public long Version { get; set; } = 1;

    public TaskKind Kind { get; init; }

    public string Title { get; set; } = "";

    public string Description { get; set; } = "";

    public long ResponsibleId { get; set; }

    public long CreatorId { get; init; }

    public int? TypeId { get; init; }

    public long? ItemId { get; init; }

    /// <summary>Where the item stood when the task was made.</summary>
    public string? StageId { get; init; }

    public DateTimeOffset? Deadline { get; set; }

    /// <summary>JSON, see <see cref="Tasks.Checklist"/>.</summary>
    public string Checklist { get; set; } = Tasks.Checklist.Empty;

    /// <summary>They see it.</summary>
    public long[] ObserverIds { get; set; } = [];

    /// <summary>They see it and work on it.</summary>
    public long[] AccompliceIds { get; set; } = [];

    public TaskState State { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; set; }

    public long? ClosedBy { get; set; }

    public long? RunId { get; init; }

    public long? RobotRunId { get; init; }
}
