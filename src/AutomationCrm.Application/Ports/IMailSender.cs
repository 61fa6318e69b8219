namespace AutomationCrm.Application.Ports;

/// <summary>The only way out by mail: every mail goes through its checks (attack list A13).</summary>
public interface IMailSender
{
    /// <summary>Null when mail can be sent; otherwise what is missing, for example <c>mail.settings</c>.</summary>
    string? Missing { get; }

    /// <summary>Whom mails come from unless something else is said; empty without settings.</summary>
    string From { get; }

    /// <summary>The server without account and password, for people.</summary>
    string Server { get; }

    /// <summary>Hands one mail to the server. Throws <see cref="MailException"/>.</summary>
    Task<MailAnswer> SendAsync(OutgoingMail mail, CancellationToken ct);
}

/// <param name="MessageId">Without angle brackets.</param>
/// <param name="From">As <c>Name &lt;address&gt;</c> or an address alone, like all addresses here.</param>
public sealed record OutgoingMail(string MessageId, string From, IReadOnlyList<string> To, string Subject, string Text)
{
    public string? Html { get; init; }

    public string? ReplyTo { get; init; }

    /// <summary>Further headers by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<MailFile> Files { get; init; } = [];
}

public sealed record MailFile(string Name, string MediaType, byte[] Content);

/// <param name="Refused">Addresses that the server did not take while it took others.</param>
public sealed record MailAnswer(IReadOnlyList<string> Refused);

/// <summary>A mail that was refused here or by the server.</summary>
/// <param name="code">Stable, for example <c>mail.address</c>.</param>
/// <param name="message">A sentence for people.</param>
/// <param name="retryable">Whether the same mail may work later.</param>
public sealed class MailException(string code, string message, bool retryable, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;

    public bool Retryable { get; } = retryable;
}
