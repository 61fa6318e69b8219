using System.Text.Json;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Files;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>Mails that came in, newest first; for administrators.</summary>
public sealed record ListIncomingMail(MailState State) : IRequest<IncomingMailPage>
{
    public int Offset { get; init; }
}

/// <param name="Counts">By state, over everything.</param>
public sealed record IncomingMailPage(IReadOnlyList<MailMessage> Mails, IReadOnlyDictionary<MailState, int> Counts, bool HasMore);

/// <summary>One mail, in or out; for whoever may read its item, without an item for administrators.</summary>
public sealed record GetMail(Guid Id) : IRequest<MailDetail>;

/// <param name="ItemTitle">Null when there is no item.</param>
public sealed record MailDetail(MailMessage Mail, string? ItemTitle, IReadOnlyList<MailFileLine> Files, IReadOnlyList<MailLink> Links);

/// <summary>A file of a mail; for whoever may read the mail.</summary>
public sealed record GetMailFile(Guid Mail, Guid File) : IRequest<NewFile>;

/// <summary>Gives a mail without an item one; what answers to mails of clients then starts. For administrators.</summary>
public sealed record PlaceMail(Guid Id, ItemRef Item) : ICommand<Unit>;

/// <summary>Puts a mail without an item away. For administrators.</summary>
public sealed record PutMailAway(Guid Id) : ICommand<Unit>;

internal sealed class ListIncomingMailValidator : AbstractValidator<ListIncomingMail>
{
    public ListIncomingMailValidator() => RuleFor(q => q.Offset).InclusiveBetween(0, 1_000_000).OverridePropertyName("start");
}

internal sealed class PlaceMailValidator : AbstractValidator<PlaceMail>
{
    public PlaceMailValidator() => RuleFor(c => c.Item.Id).GreaterThan(0).OverridePropertyName("item");
}

internal sealed class ListIncomingMailHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<ListIncomingMail, IncomingMailPage>
{
    public async Task<IncomingMailPage> Handle(ListIncomingMail request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see incoming mail");
        var all = db.Mails.AsNoTracking().Where(m => m.Direction == MailMessage.In);
        var page = await all.Where(m => m.State == request.State).OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Skip(request.Offset).Take(ItemQuery.PageSize + 1).ToListAsync(cancellationToken);
        var counts = await all.GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return new([.. page.Take(ItemQuery.PageSize)], counts, page.Count > ItemQuery.PageSize);
    }
}

internal sealed class GetMailHandler(MailReading reading, CrmDbContext db) : IRequestHandler<GetMail, MailDetail>
{
    public async Task<MailDetail> Handle(GetMail request, CancellationToken cancellationToken)
    {
        var (mail, title) = await reading.FindAsync(request.Id, cancellationToken);
        return new(mail, title, MailReading.FilesOf(mail), await db.MailLinks.AsNoTracking().Where(l => l.MailId == mail.Id).OrderBy(l => l.Number).ToListAsync(cancellationToken));
    }
}

internal sealed class GetMailFileHandler(MailReading reading, IFileStore files) : IRequestHandler<GetMailFile, NewFile>
{
    public async Task<NewFile> Handle(GetMailFile request, CancellationToken cancellationToken)
    {
        var (mail, _) = await reading.FindAsync(request.Mail, cancellationToken);
        return MailReading.FilesOf(mail).Any(f => f.Id == request.File) && await files.FindAsync(request.File, cancellationToken) is { } file && await files.ReadAsync(request.File, cancellationToken) is { } content
            ? new(file, content) : throw new NotFoundException("File", request.File.ToString());
    }
}

internal sealed class PlaceMailHandler(CrmDbContext db, IUnitOfWork work, IAccess access, MailArrival arrival) : IRequestHandler<PlaceMail, Unit>
{
    public async Task<Unit> Handle(PlaceMail request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "place mail");
        // Under the item's lock, so that two administrators do not place it twice.
        await work.LockForCommandAsync([request.Item], cancellationToken);
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        var mail = await db.Mails.AsNoTracking().FirstOrDefaultAsync(m => m.Id == request.Id && m.Direction == MailMessage.In, cancellationToken) ?? throw new NotFoundException("Mail", request.Id.ToString());
        if (mail.State == MailState.Received) throw new RuleBrokenException("mail.placed", "The mail belongs to an item already.", "id");

        work.Changes.Add(work.Changes.Messages.Placed, new(mail.Id, MailState.Received, item.Ref.TypeId, item.Ref.Id));
        await arrival.ShowAsync(mail, item.Ref, automatic: mail.State == MailState.Stopped, cancellationToken);
        work.Hint(Topics.Outbox);
        return Unit.Value;
    }
}

internal sealed class PutMailAwayHandler(CrmDbContext db, IUnitOfWork work, IAccess access) : IRequestHandler<PutMailAway, Unit>
{
    public async Task<Unit> Handle(PutMailAway request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "put mail away");
        var mail = await db.Mails.AsNoTracking().FirstOrDefaultAsync(m => m.Id == request.Id && m.Direction == MailMessage.In, cancellationToken) ?? throw new NotFoundException("Mail", request.Id.ToString());
        if (mail.State is not (MailState.Unmatched or MailState.Stopped)) throw new RuleBrokenException("mail.placed", "The mail belongs to an item already.", "id");

        work.Changes.Add(work.Changes.Messages.Placed, new(mail.Id, MailState.PutAway, mail.TypeId, mail.ItemId));
        work.Hint(Topics.Outbox);
        return Unit.Value;
    }
}

/// <summary>Mails under rights: a mail is as visible as its item.</summary>
internal sealed class MailReading(CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller)
{
    private static readonly JsonSerializerOptions Json = new();

    public async Task<(MailMessage Mail, string? Title)> FindAsync(Guid id, CancellationToken ct)
    {
        var mail = await db.Mails.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, ct) ?? throw new NotFoundException("Mail", id.ToString());
        if (mail.Item is not { } item)
        {
            // Not there and not yours are the same answer.
            if (!caller.IsAdmin && !caller.IsSystem) throw new NotFoundException("Mail", id.ToString());
            return (mail, null);
        }

        try
        {
            return (mail, (await GetItemHandler.ReadAsync(item, store, gate, access, caller, ct)).Title);
        }
        catch (NotFoundException) when (caller.IsAdmin)
        {
            return (mail, null);
        }
    }

    public static IReadOnlyList<MailFileLine> FilesOf(MailMessage mail) => JsonSerializer.Deserialize<List<MailFileLine>>(mail.Attachments, Json) ?? [];
}
