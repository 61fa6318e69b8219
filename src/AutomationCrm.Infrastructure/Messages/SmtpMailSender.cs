using System.Net;
using System.Net.Mail;
using System.Security.Authentication;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Application.Ports;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Messages;

/// <summary>Mail by the framework's SMTP client. Whatever comes in is checked once more here: nothing but the intended commands and headers goes out.</summary>
internal sealed class SmtpMailSender(IOptionsMonitor<MailOptions> options) : IMailSender
{
    private const int UsualPort = 587;
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(5);

    public string? Missing => options.CurrentValue is { Server.Length: > 0, From.Length: > 0 } given && ServerAddress.Parse(given.Server, UsualPort) is not null && Mailbox.TryParse(given.From) is not null ? null : "mail.settings";

    public string From => Missing is null ? Mailbox.TryParse(options.CurrentValue.From)!.ToString() : "";

    public string Server => ServerAddress.Parse(options.CurrentValue.Server, UsualPort)?.ToString() ?? "";

    public async Task<MailAnswer> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        var given = options.CurrentValue;
        if (Missing is { } missing) throw new MailException(missing, "There are no mail settings; set Crm__Mail__Server and Crm__Mail__From.", retryable: true);

        using var message = MailWriter.Write(mail);
        var server = ServerAddress.Parse(given.Server, UsualPort)!.Value;
        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = UsesTls(given, server), UseDefaultCredentials = false };
        if (given.User.Length > 0) client.Credentials = new NetworkCredential(given.User, given.Password);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(given.TimeoutSeconds));
        var sending = client.SendMailAsync(message, CancellationToken.None);
        try
        {
            await sending.WaitAsync(limit.Token);
            return new([]);
        }
        catch (SmtpFailedRecipientException partly) when (RefusedOf(partly) is var refused && refused.Count < message.To.Count)
        {
            // The others have it already; a repeat would reach them twice.
            return new(refused);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The client's own cancellation waits for the server's next word; closing the connection does not.
            client.Dispose();
            await sending.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).WaitAsync(Closing, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new MailException("mail.timeout", $"The mail server did not finish within {given.TimeoutSeconds} seconds.", retryable: true);
        }
        catch (SmtpException failure)
        {
            throw SmtpFailure.Of(failure, server.ToString());
        }
        catch (AuthenticationException failure)
        {
            throw new MailException("mail.server", $"The encryption with {server} failed: {failure.Message}", retryable: true, failure);
        }
    }

    private static bool UsesTls(MailOptions given, ServerAddress server) => given.Tls switch { "on" => true, "off" => false, _ => server.Port is not (25 or 1025) };

    private static List<string> RefusedOf(SmtpFailedRecipientException failure) =>
        [.. (failure is SmtpFailedRecipientsException several ? several.InnerExceptions : [failure]).Select(f => f.FailedRecipient?.Trim('<', '>') ?? "")];
}

/// <summary>What a refusal means: wait for the server, try again, or ask a person.</summary>
internal static class SmtpFailure
{
    public static MailException Of(SmtpException failure, string server)
    {
        var code = (int)failure.StatusCode;
        if (failure is SmtpFailedRecipientException && code is >= 400 and < 600)
            return new("mail.refused", $"{server} did not take the address: {Line(failure)}", code < 500, failure);
        if (code == (int)SmtpStatusCode.MustIssueStartTlsFirst || failure.InnerException is AuthenticationException)
            return new("mail.login", $"{server} did not let us in: {Line(failure)}", retryable: true, failure);
        if (code is 534 or 535 or 454 or (int)SmtpStatusCode.ClientNotPermitted) return new("mail.login", $"{server} did not let us in: {Line(failure)}", retryable: true, failure);
        // Nothing was said by the server: no connection, broken off, no TLS.
        if (code < 400) return new("mail.server", $"{server} does not answer as a mail server: {Line(failure)}", retryable: true, failure);
        return new("mail.refused", $"{server} did not take the mail: {Line(failure)}", code < 500, failure);
    }

    private static string Line(Exception failure)
    {
        var text = HeaderText.OneLine(failure.InnerException is { } inner and not SmtpException ? $"{failure.Message} {inner.Message}" : failure.Message);
        return text.Length > 300 ? text[..300] : text;
    }
}
