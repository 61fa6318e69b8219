namespace AutomationCrm.Application.Crm.Tasks;

public enum TaskState : short
{
    Open,
    Done,
    Cancelled,
}

/// <summary>A to-do of a person, linked to an item (created by robots or by hand).</summary>
public sealed class TaskItem
{
    public const int TitleMaxLength = 255;
    public const int DescriptionMaxLength = 20_000;

    public long Id { get; init; }

    public long Version { get; set; } = 1;

    public string Title { get; set; } = "";

    public string Description { get; set; } = "";

    public long ResponsibleId { get; set; }

    public long CreatorId { get; init; }

    public int? TypeId { get; init; }

    public long? ItemId { get; init; }

    public DateTimeOffset? Deadline { get; set; }

    public TaskState State { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; set; }

    public long? ClosedBy { get; set; }

    public long? RunId { get; init; }

    public long? RobotRunId { get; init; }
}
