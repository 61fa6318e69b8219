using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Expressions.Values;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>The picture of a mail was fetched. The first time raises what triggers and waits answer to; later ones are counted.</summary>
public sealed record RecordMailOpened(string Token) : ICommand<Unit>;

/// <summary>A link of a mail is followed; answers where it leads, null when there is no such link.</summary>
public sealed record FollowMailLink(string Token, int Number) : ICommand<string?>;

/// <summary>Whoever got the mail wants no more; answers the addresses, null when there is no such mail.</summary>
public sealed record OptOutOfMail(string Token) : ICommand<string?>;

/// <summary>To whom a mail went, for the page that asks whether to stop; null when there is no such mail.</summary>
public sealed record FindMailByToken(string Token) : IRequest<string?>;

internal sealed class RecordMailOpenedValidator : AbstractValidator<RecordMailOpened>
{
    public RecordMailOpenedValidator() => RuleFor(c => c.Token).Must(MailIds.IsToken);
}

internal sealed class FollowMailLinkValidator : AbstractValidator<FollowMailLink>
{
    public FollowMailLinkValidator() => RuleFor(c => c.Token).Must(MailIds.IsToken);
}

internal sealed class RecordMailOpenedHandler(TrackedMail tracked, IUnitOfWork work, CrmDbContext db) : IRequestHandler<RecordMailOpened, Unit>
{
    public async Task<Unit> Handle(RecordMailOpened request, CancellationToken cancellationToken)
    {
        if (await tracked.FindAsync(request.Token, cancellationToken) is not { } mail) return Unit.Value;

        // Read under the item's lock: of two pictures fetched at once only one is the first.
        var isFirst = await db.Mails.AsNoTracking().AnyAsync(m => m.Id == mail.Id && m.OpenedAt == null, cancellationToken);
        work.Changes.Add(work.Changes.Messages.Opened, new(mail.Id, work.Now));
        if (isFirst) await tracked.RaiseAsync(mail, HappeningCodes.MailOpened, cancellationToken, ("MailId", Value.Of(mail.Id.ToString("D"))), ("Subject", Value.Of(mail.Subject)));
        return Unit.Value;
    }
}

internal sealed class FollowMailLinkHandler(TrackedMail tracked, IUnitOfWork work, CrmDbContext db) : IRequestHandler<FollowMailLink, string?>
{
    public async Task<string?> Handle(FollowMailLink request, CancellationToken cancellationToken)
    {
        if (await tracked.FindAsync(request.Token, cancellationToken) is not { } mail
            || await db.MailLinks.AsNoTracking().FirstOrDefaultAsync(l => l.MailId == mail.Id && l.Number == request.Number, cancellationToken) is not { } link) return null;

        work.Changes.Add(work.Changes.Messages.Followed, new(mail.Id, link.Number, work.Now));
        if (link.FollowedAt is null) await tracked.RaiseAsync(mail, HappeningCodes.LinkFollowed, cancellationToken, ("MailId", Value.Of(mail.Id.ToString("D"))), ("Url", Value.Of(link.Url)));
        return link.Url;
    }
}

internal sealed class OptOutOfMailHandler(TrackedMail tracked, IUnitOfWork work) : IRequestHandler<OptOutOfMail, string?>
{
    public async Task<string?> Handle(OptOutOfMail request, CancellationToken cancellationToken)
    {
        if (!MailIds.IsToken(request.Token) || await tracked.FindAsync(request.Token, cancellationToken) is not { } mail) return null;

        foreach (var address in Mailbox.ParseList(mail.ToAddresses).Addresses)
            work.Changes.Add(work.Changes.Messages.Optouts, new MailOptout { Address = address.Address.ToLowerInvariant(), At = work.Now, MailId = mail.Id });
        return mail.ToAddresses;
    }
}

internal sealed class FindMailByTokenHandler(CrmDbContext db) : IRequestHandler<FindMailByToken, string?>
{
    public async Task<string?> Handle(FindMailByToken request, CancellationToken cancellationToken) =>
        MailIds.IsToken(request.Token) ? await db.Mails.AsNoTracking().Where(m => m.Token == request.Token && m.Direction == MailMessage.Out).Select(m => m.ToAddresses).FirstOrDefaultAsync(cancellationToken) : null;
}

/// <summary>Mails found by what their readers send back. Runs as the system: whoever has the token may do it.</summary>
internal sealed class TrackedMail(CrmDbContext db, IUnitOfWork work, IAccess access)
{
    /// <summary>The mail, with its item locked until the commit.</summary>
    public async Task<MailMessage?> FindAsync(string token, CancellationToken ct)
    {
        access.RequireAdministrator(work.Caller, "track mails");
        var mail = await db.Mails.AsNoTracking().FirstOrDefaultAsync(m => m.Token == token && m.Direction == MailMessage.Out, ct);
        if (mail?.Item is { } item) await work.LockForCommandAsync([item], ct);
        return mail;
    }

    public async Task RaiseAsync(MailMessage mail, string code, CancellationToken ct, params (string Name, Value Value)[] facts)
    {
        if (mail.ToClient && mail.Item is { } item && await work.FindItemAsync(item, ct) is not null) work.Raise(Happening.Of(item, code, facts));
    }
}
