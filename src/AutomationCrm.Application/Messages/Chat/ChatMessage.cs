namespace AutomationCrm.Application.Messages.Chat;

/// <summary>What somebody said in the chat of an item; people are mentioned as <c>@user_7</c>.</summary>
public sealed class ChatMessage
{
    public const int TextMaxLength = 4_000;

    public long Id { get; init; }

    public int TypeId { get; init; }

    public long ItemId { get; init; }

    /// <summary>0 is automation.</summary>
    public long AuthorId { get; init; }

    public string Text { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public long? RunId { get; init; }

    public long? RobotRunId { get; init; }
}
