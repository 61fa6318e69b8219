using AutomationCrm.Application.Files;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Application.Ports;
using AutomationCrm.Application.Robots;
using AutomationCrm.Expressions.Values;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Robots.Client;

/// <summary>Sends mails of the outbox. Without settings, without a server or beyond the hourly limit they wait and say so.</summary>
internal sealed class MailEffectSender(IMailSender mails, IFileStore files, MailQuota quota, IOptionsMonitor<MailOptions> mail, IOptionsMonitor<MailboxOptions> mailbox) : IEffectSender
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Greylisted = TimeSpan.FromMinutes(5);

    public string Kind => MailRequest.EffectKind;

    public async Task<SendResult> SendAsync(string requestJson, Guid effectKey, int attempt, CancellationToken ct)
    {
        var request = MailRequest.Parse(requestJson);
        if (mails.Missing is { } missing) return SendResult.Hold(missing, LookAgain);
        if (await quota.IsSpentAsync(ct)) return SendResult.Hold("mail.quota", LookAgain);
        if (await quota.IsSpentForAsync(request.To, ct)) return SendResult.Hold("mail.recipient", LookAgain);

        try
        {
            var answer = await mails.SendAsync(await WriteAsync(request, ct), ct);
            return Sent(request, answer);
        }
        catch (MailException failure) when (failure.Code is "mail.server" or "mail.login" or "mail.settings")
        {
            return SendResult.Hold(failure.Code, LookAgain);
        }
        catch (MailException failure)
        {
            return new(null, null, failure.Message, failure.Retryable) { RetryAfter = failure.Retryable ? Greylisted : null };
        }
    }

    private async Task<OutgoingMail> WriteAsync(MailRequest request, CancellationToken ct)
    {
        var parts = new List<MailFile>(request.Files.Count);
        foreach (var id in request.Files)
        {
            if (await files.FindAsync(id, ct) is not { } file || await files.ReadAsync(id, ct) is not { } content) throw new MailException("mail.file", $"The file {id} is gone.", retryable: false);
            parts.Add(new(file.Name, file.MediaType, content));
        }

        return new(request.MessageId, request.From ?? mails.From, request.To, request.Subject, request.Text) { Html = request.Html, ReplyTo = request.ReplyTo ?? ReplyTo(request.Token), Headers = request.Headers, Files = parts };
    }

    private string? ReplyTo(string token) =>
        Mailbox.TryParse(mail.CurrentValue.ReplyTo) is not { } address ? null : mailbox.CurrentValue.PlusAddress ? MailReply.WithToken(address, token) : address.ToString();

    private static SendResult Sent(MailRequest request, MailAnswer answer) =>
        new(null, answer.Refused.Count > 0 ? $"Refused: {string.Join(", ", answer.Refused)}" : null, null, Retryable: false)
        {
            Results = new Dictionary<string, Value>
            {
                [SendEmailRobot.MailId] = Value.Of(request.MailId.ToString("D")),
                [SendEmailRobot.MessageId] = Value.Of(request.MessageId),
                [SendEmailRobot.Recipients] = Value.Of(string.Join(", ", request.To.Where(to => !answer.Refused.Contains(to)))),
            },
            Then = (MailSentJob.Kind, new MailSentJob(request.MailId, request.Chain).ToJson()),
        };
}
