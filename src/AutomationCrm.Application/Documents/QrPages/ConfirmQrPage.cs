using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Documents.QrPages;

/// <summary>What the page of a QR code shows; unknown and expired ones look alike.</summary>
public sealed record OpenQrPage(string Token) : IRequest<QrPage>;

/// <summary>The visitor confirms; answers false when it was confirmed already.</summary>
public sealed record ConfirmQrPage(string Token) : ICommand<bool>;

internal sealed class OpenQrPageHandler(QrPages pages) : IRequestHandler<OpenQrPage, QrPage>
{
    public Task<QrPage> Handle(OpenQrPage request, CancellationToken cancellationToken) => pages.FindAsync(request.Token, cancellationToken);
}

internal sealed class ConfirmQrPageHandler(IUnitOfWork work, QrPages pages) : IRequestHandler<ConfirmQrPage, bool>
{
    public async Task<bool> Handle(ConfirmQrPage request, CancellationToken cancellationToken)
    {
        var page = await pages.FindAsync(request.Token, cancellationToken);
        if (page.ConfirmedAt is not null) return false;

        work.Caller.Become(Caller.SystemId, isAdmin: true, Origin.Form);
        page.ConfirmedAt = work.Now;
        var item = new ItemRef(page.TypeId, page.ItemId);
        work.Changes.Add(work.Changes.ConfirmedQrPages, page);
        work.Changes.Add(work.Changes.TimelineNotes, new TimelineNote { Id = await work.NextIdAsync(cancellationToken), TypeId = page.TypeId, ItemId = page.ItemId, Kind = "qr_confirmed", At = work.Now, Subject = page.Title });
        work.Hint(Topics.Item(item));
        work.Raise(Happening.Of(item, HappeningCodes.QrConfirmed, ("Title", Value.Of(page.Title)), ("PageId", Value.Of((decimal)page.Id))));
        return true;
    }
}

/// <summary>Finds pages by their token; the token is the right.</summary>
internal sealed class QrPages(CrmDbContext db, TimeProvider clock)
{
    public async Task<QrPage> FindAsync(string token, CancellationToken ct)
    {
        var page = token is { Length: People.Secret.Length } && !token.Contains('\0', StringComparison.Ordinal) ? await db.QrPages.AsNoTracking().SingleOrDefaultAsync(p => p.Token == token, ct) : null;
        return page is not null && page.OpenUntil > clock.GetUtcNow() ? page : throw new NotFoundException("Page", "");
    }
}
