namespace AutomationCrm.Application.Messages.Mail;

/// <summary>How mail goes out; configuration section <c>Crm:Mail</c>.</summary>
public sealed class MailOptions
{
    public const string Section = "Crm:Mail";

    /// <summary>The SMTP server as <c>host:port</c>; without a port 587.</summary>
    public string Server { get; init; } = "";

    /// <summary>on: STARTTLS or no mail; off: plain; auto: on unless the port is 25 or 1025.</summary>
    public string Tls { get; init; } = "auto";

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>Whom mails come from: <c>Shop &lt;shop@example.com&gt;</c>.</summary>
    public string From { get; init; } = "";

    /// <summary>Where answers go unless a robot says otherwise; with a mailbox that knows plus addresses, each mail gets one of its own.</summary>
    public string ReplyTo { get; init; } = "";

    /// <summary>Seconds for one mail, from the connection to the server's last word.</summary>
    public int TimeoutSeconds { get; init; } = 60;

    /// <summary>Most mails in an hour; the others wait. 0 is no limit.</summary>
    public int PerHour { get; init; } = 1000;

    /// <summary>Most mails to one address in an hour; the others wait. 0 is no limit.</summary>
    public int PerRecipientHour { get; init; } = 20;
}
