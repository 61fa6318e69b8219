using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Ports;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>How mail goes out and comes in, for administrators; passwords are not among it.</summary>
public sealed record GetMailSettings : IRequest<MailSettings>;

/// <param name="Missing">What keeps mail from going out; null when it goes.</param>
/// <param name="Mailbox">The server that is read; empty when none is.</param>
public sealed record MailSettings(string? Missing, string Server, string From, string ReplyTo, string Mailbox, MailboxState? MailboxState);

/// <summary>Sends a mail to try the settings, at once and not through the outbox; for administrators. What the server says is a <see cref="RuleBrokenException"/>.</summary>
public sealed record SendTestMail(string To) : IRequest<Unit>;

internal sealed class SendTestMailValidator : AbstractValidator<SendTestMail>
{
    public SendTestMailValidator() => RuleFor(c => c.To).Must(to => Mailbox.TryParse(to) is not null).Refuses("mail.test_address", "'{PropertyName}' is a mail address such as name@example.com.");
}

internal sealed class GetMailSettingsHandler(IMailSender mails, IOptionsMonitor<MailOptions> mail, IOptionsMonitor<MailboxOptions> mailbox, MailboxStatus status, IAccess access, Caller caller) : IRequestHandler<GetMailSettings, MailSettings>
{
    public Task<MailSettings> Handle(GetMailSettings request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the mail settings");
        return Task.FromResult(new MailSettings(mails.Missing, mails.Server, mails.From, mail.CurrentValue.ReplyTo, mailbox.CurrentValue.Server, status.Last));
    }
}

internal sealed class SendTestMailHandler(IMailSender mails, IAccess access, Caller caller) : IRequestHandler<SendTestMail, Unit>
{
    public async Task<Unit> Handle(SendTestMail request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "send a test mail");
        try
        {
            await mails.SendAsync(new(MailIds.MessageId(Guid.CreateVersion7(), "test.localhost"), mails.From, [request.To.Trim()], "AutomationCrm: test", "The mail settings work.") { Headers = new Dictionary<string, string> { ["Auto-Submitted"] = "auto-generated" } }, cancellationToken);
            return Unit.Value;
        }
        catch (MailException failure)
        {
            throw new RuleBrokenException(failure.Code, failure.Message, "to");
        }
    }
}

/// <summary>How the last look into the mailbox went, on this node.</summary>
public sealed class MailboxStatus
{
    private volatile MailboxState? last;

    public MailboxState? Last => last;

    public void Tell(MailboxState state) => last = state;
}

/// <param name="Error">Null when it worked.</param>
public sealed record MailboxState(DateTimeOffset At, int Read, string? Error);
