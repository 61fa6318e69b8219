namespace AutomationCrm.Application.Crm.Timeline;

/// <summary>A line of an item's timeline that is no change, comment, task or run: a mail, a message, a document, a history entry.</summary>
public sealed class TimelineNote
{
    public const int TextMaxLength = 20_000;

    public long Id { get; init; }

    public int TypeId { get; init; }

    public long ItemId { get; init; }

    /// <summary>Decides icon and title, resource <c>timeline.note.{Kind}</c>: mail_in, mail_out, sms, chat, document, form, history and so on.</summary>
    public string Kind { get; init; } = "";

    public DateTimeOffset At { get; init; }

    /// <summary>0 is automation.</summary>
    public long ActorId { get; init; }

    /// <summary>What the title's {0} stands for: an address, a document's number.</summary>
    public string Subject { get; init; } = "";

    public string Text { get; init; } = "";

    /// <summary>A local address where more is to be seen; null without one.</summary>
    public string? Link { get; init; }

    public long? RunId { get; init; }

    public long? RobotRunId { get; init; }
}
