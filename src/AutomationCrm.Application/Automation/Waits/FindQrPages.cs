using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Waits;

/// <summary>How many pages of QR codes the present run has made for an item, and how many of them are confirmed.</summary>
public sealed record FindQrPages(ItemRef Item) : IRequest<QrPagesOfRun>;

public sealed record QrPagesOfRun(int Made, int Confirmed);

internal sealed class FindQrPagesHandler(CrmDbContext db, IUnitOfWork work) : IRequestHandler<FindQrPages, QrPagesOfRun>
{
    public async Task<QrPagesOfRun> Handle(FindQrPages request, CancellationToken cancellationToken)
    {
        if (work.Caller.RunId is not { } run) return new(0, 0);

        var (typeId, id) = (request.Item.TypeId, request.Item.Id);
        var stored = await db.QrPages.AsNoTracking().Where(p => p.RunId == run && p.TypeId == typeId && p.ItemId == id).Select(p => p.ConfirmedAt != null).ToListAsync(cancellationToken);
        // What this unit has made and not written yet.
        var added = work.Changes.NewQrPages.Count(p => p.RunId == run && p.TypeId == typeId && p.ItemId == id);
        return new(stored.Count + added, stored.Count(confirmed => confirmed));
    }
}
