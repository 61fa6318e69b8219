using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Messages.Mail;

public enum MailState : short
{
    /// <summary>In the outbox.</summary>
    Queued,
    Sent,

    /// <summary>Came in and belongs to an item.</summary>
    Received,

    /// <summary>Came in and nobody knows to which item it belongs.</summary>
    Unmatched,

    /// <summary>Came in and starts nothing: a machine wrote it, or too many came. <see cref="MailMessage.Reason"/> says why.</summary>
    Stopped,

    /// <summary>Somebody has put it away.</summary>
    PutAway,
}

/// <summary>A mail, in or out. One that goes out has the id of its effect, so that a repeat is the same mail.</summary>
public sealed class MailMessage
{
    public const short In = 0;
    public const short Out = 1;

    public Guid Id { get; init; }

    public short Direction { get; init; }

    public MailState State { get; set; }

    public int? TypeId { get; set; }

    public long? ItemId { get; set; }

    /// <summary>Without angle brackets.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>Cannot be guessed; names the mail in links and reply addresses.</summary>
    public string Token { get; init; } = "";

    public string FromAddress { get; init; } = "";

    public string FromName { get; init; } = "";

    /// <summary>Separated by commas.</summary>
    public string ToAddresses { get; init; } = "";

    public string Subject { get; init; } = "";

    /// <summary>Plain text, as far as it is kept.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether it goes to the client of the item, not to people who work here.</summary>
    public bool ToClient { get; init; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? OpenedAt { get; set; }

    public int Opens { get; set; }

    /// <summary>The mail of ours that this one answers.</summary>
    public Guid? AnsweredBy { get; init; }

    /// <summary>Why it is stopped or without an item, for example <c>loop.auto</c>; resource <c>mail.reason.{Reason}</c>.</summary>
    public string? Reason { get; set; }

    /// <summary>JSON: <c>[{"id","name","size"}]</c>.</summary>
    public string Attachments { get; init; } = "[]";

    public long? RunId { get; init; }

    public long? RobotRunId { get; init; }

    public ItemRef? Item => TypeId is { } type && ItemId is { } id ? new ItemRef(type, id) : null;
}

/// <summary>A link of a mail that is followed through us.</summary>
public sealed class MailLink
{
    public Guid MailId { get; init; }

    public int Number { get; init; }

    public string Url { get; init; } = "";

    public int Follows { get; set; }

    public DateTimeOffset? FollowedAt { get; set; }
}

/// <summary>An address that asked for no more mail.</summary>
public sealed class MailOptout
{
    /// <summary>In lower case.</summary>
    public string Address { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public Guid? MailId { get; init; }
}
