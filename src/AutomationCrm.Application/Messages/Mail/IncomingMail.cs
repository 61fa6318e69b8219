namespace AutomationCrm.Application.Messages.Mail;

/// <summary>A mail as it came in, parsed and cut to size.</summary>
/// <param name="MessageId">Without angle brackets, like all ids here; made from the content when the mail has none.</param>
/// <param name="From">The address alone.</param>
/// <param name="To">All addresses it was sent or delivered to.</param>
public sealed record IncomingMail(string MessageId, string From, string FromName, IReadOnlyList<string> To, string Subject, string Text, DateTimeOffset At)
{
    public const int MostText = 20_000;
    public const int MostFiles = 10;

    /// <summary>What it answers, the nearest first.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>Whether its headers say that no person wrote it (RFC 3834 and older habits).</summary>
    public bool IsAutomatic { get; init; }

    public IReadOnlyList<IncomingFile> Files { get; init; } = [];
}

public sealed record IncomingFile(string Name, string MediaType, byte[] Content);

/// <summary>A file of a mail as it is kept with it.</summary>
public sealed record MailFileLine(Guid Id, string Name, long Size);
