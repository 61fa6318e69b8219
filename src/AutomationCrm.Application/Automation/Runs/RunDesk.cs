using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Takes a run in hand for a decision of somebody who may change its item.</summary>
internal sealed class RunDesk(CrmDbContext db, IUnitOfWork work, IAccess access)
{
    /// <summary>The run and its item, whose lane stands still from here on. A run of an item that the caller may not read is not found.</summary>
    public async Task<(Run Run, Item Item)> TakeAsync(long id, CancellationToken ct)
    {
        var place = await db.Runs.AsNoTracking().Where(r => r.Id == id).Select(r => new { r.TypeId, r.ItemId }).FirstOrDefaultAsync(ct) ?? throw NotFound(id);
        var reference = new ItemRef(place.TypeId, place.ItemId);
        await work.LockForCommandAsync([reference], ct);
        var item = await work.FindItemAsync(reference, ct) ?? throw NotFound(id);
        if (!access.Scope(work.Caller, item.Ref.TypeId, ItemAction.Read).Covers(item)) throw NotFound(id);
        access.Require(work.Caller, ItemAction.Update, item);

        // Only now nobody else can change it.
        return (await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw NotFound(id), item);
    }

    private static NotFoundException NotFound(long id) => new("Run", $"{id}");
}
