using AutomationCrm.Application.Messages.Chat;
using AutomationCrm.Application.Messages.Mail;

namespace AutomationCrm.Application.Messages;

/// <summary>The rows about mails and chats that a unit of work writes.</summary>
public sealed class MessageChanges
{
    public List<MailMessage> Mails { get; } = [];

    public List<MailLink> Links { get; } = [];

    public List<MailSent> Sent { get; } = [];

    public List<MailOpened> Opened { get; } = [];

    public List<MailFollowed> Followed { get; } = [];

    public List<MailPlaced> Placed { get; } = [];

    public List<MailOptout> Optouts { get; } = [];

    public List<ChatMessage> Chat { get; } = [];
}

public sealed record MailSent(Guid Id, DateTimeOffset At);

public sealed record MailOpened(Guid Id, DateTimeOffset At);

public sealed record MailFollowed(Guid Id, int Number, DateTimeOffset At);

/// <summary>A mail that came in finds its item, or is put away.</summary>
public sealed record MailPlaced(Guid Id, MailState State, int? TypeId, long? ItemId);
