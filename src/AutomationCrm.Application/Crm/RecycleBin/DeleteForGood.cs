using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Crm.RecycleBin;

/// <summary>Deletes an item of the recycle bin for good, with its comments, notes, tasks and changes; what automation did stays in its history.</summary>
public sealed record DeleteForGood(ItemRef Item) : IRequest<Unit>;

internal sealed class DeleteForGoodValidator : AbstractValidator<DeleteForGood>
{
    public DeleteForGoodValidator() => RuleFor(c => c.Item.Id).GreaterThan(0);
}

internal sealed class DeleteForGoodHandler(RecycleBinSweep sweep, IAccess access, Caller caller) : IRequestHandler<DeleteForGood, Unit>
{
    public async Task<Unit> Handle(DeleteForGood request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "delete items for good");
        return await sweep.DeleteAsync(request.Item, cancellationToken) ? Unit.Value : throw NotFoundException.Of(request.Item);
    }
}

/// <summary>Deletes what has lain in the recycle bin long enough, item by item, so that a restore in between is no loss.</summary>
internal sealed class RecycleBinSweep(CrmDbContext db)
{
    public async Task<int> SweepAsync(DateTimeOffset before, CancellationToken ct)
    {
        var old = await db.RecycledItems.AsNoTracking().Where(r => r.DeletedAt < before).OrderBy(r => r.DeletedAt).Select(r => new { r.TypeId, r.ItemId }).Take(1_000).ToListAsync(ct);
        var deleted = 0;
        foreach (var item in old)
            if (await DeleteAsync(new(item.TypeId, item.ItemId), ct)) deleted++;
        return deleted;
    }

    public async Task<bool> DeleteAsync(ItemRef item, CancellationToken ct)
    {
        var (type, id) = (item.TypeId, item.Id);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whoever takes the row first decides.
        if (await db.RecycledItems.Where(r => r.TypeId == type && r.ItemId == id).ExecuteDeleteAsync(ct) == 0) return false;

        await db.Comments.Where(c => c.TypeId == type && c.ItemId == id).ExecuteDeleteAsync(ct);
        await db.TimelineNotes.Where(n => n.TypeId == type && n.ItemId == id).ExecuteDeleteAsync(ct);
        await db.Tasks.Where(t => t.TypeId == type && t.ItemId == id).ExecuteDeleteAsync(ct);
        await db.Events.Where(e => e.TypeId == type && e.ItemId == id).ExecuteDeleteAsync(ct);
        // Contents of files are no part of the model; numbers of documents stay taken.
        await db.Database.ExecuteSqlAsync($"delete from file f using item_file i where i.file_id = f.id and i.type_id = {type} and i.item_id = {id}", ct);
        await db.Database.ExecuteSqlAsync($"delete from file f using document d where d.source_file_id = f.id and d.type_id = {type} and d.item_id = {id}", ct);
        await db.Documents.Where(d => d.TypeId == type && d.ItemId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.SourceFileId, (Guid?)null).SetProperty(d => d.PdfFileId, (Guid?)null).SetProperty(d => d.PublicToken, (string?)null).SetProperty(d => d.DeletedAt, d => d.DeletedAt ?? d.MadeAt), ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
