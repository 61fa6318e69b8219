namespace AutomationCrm.Application.Messages.Mail;

/// <summary>The mailbox that is read for answers of clients, by IMAP; configuration section <c>Crm:Mailbox</c>.</summary>
public sealed class MailboxOptions
{
    public const string Section = "Crm:Mailbox";

    /// <summary>The IMAP server as <c>host:port</c>; without a port 993. Without a server no mail is read.</summary>
    public string Server { get; init; } = "";

    /// <summary>on: encrypted from the first byte or by STARTTLS; off: plain; auto: on unless the port is 143 or 1143.</summary>
    public string Tls { get; init; } = "auto";

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    public string Folder { get; init; } = "INBOX";

    /// <summary>Seconds between two looks.</summary>
    public int PollSeconds { get; init; } = 60;

    /// <summary>Whether the mailbox takes <c>name+anything@example.com</c>: then every mail gets a reply address of its own.</summary>
    public bool PlusAddress { get; init; }

    /// <summary>Mails of one address within an hour that may start something; more are kept and start nothing.</summary>
    public int PerSenderAndHour { get; init; } = 20;
}
