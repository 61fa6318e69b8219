using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Crm.Query;

/// <summary>How items of a type came from stage to stage (reference bitrix-rest 2.8). Fields: ID, OWNER_ID, TYPE_ID, STAGE_ID, STAGE_SEMANTIC_ID, CATEGORY_ID, CREATED_TIME.</summary>
public sealed record ListStageHistory(int TypeId, FilterNode? Filter = null) : IRequest<StageHistoryPage>
{
    public IReadOnlyList<ItemOrder> Order { get; init; } = [];

    public int Offset { get; init; }

    public int Limit { get; init; } = ItemQuery.PageSize;

    public bool WithCount { get; init; }
}

public sealed record StageHistoryPage(IReadOnlyList<StageHistoryEntry> Entries, long? Total, bool HasMore);

internal sealed class ListStageHistoryValidator : AbstractValidator<ListStageHistory>
{
    public ListStageHistoryValidator()
    {
        RuleFor(q => q.Limit).InclusiveBetween(1, ItemQuery.LargestPage).OverridePropertyName("limit");
        RuleFor(q => q.Offset).GreaterThanOrEqualTo(0).OverridePropertyName("start");
    }
}

internal sealed class ListStageHistoryHandler(CrmDbContext db, IPortal gate, IAccess access, Caller caller) : IRequestHandler<ListStageHistory, StageHistoryPage>
{
    public async Task<StageHistoryPage> Handle(ListStageHistory request, CancellationToken cancellationToken)
    {
        await gate.RequireTypeAsync(request.TypeId, cancellationToken);
        var filter = new RowFilter<StageHistoryEntry>()
            .Field("ID", h => h.Id)
            .Field("OWNER_ID", h => h.ItemId)
            .Field("TYPE_ID", h => h.Kind)
            .Field("STAGE_ID", h => h.StageId)
            .Field("STAGE_SEMANTIC_ID", h => h.Semantics)
            .Field("CATEGORY_ID", h => h.PipelineId)
            .Field("CREATED_TIME", h => h.At);
        var rows = filter.Apply(Visible(request.TypeId).Where(h => h.TypeId == request.TypeId), request.Filter);
        var page = await filter.Sort(rows, request.Order, "ID").Skip(request.Offset).Take(request.Limit + 1).ToListAsync(cancellationToken);
        long? total = request.WithCount ? await rows.LongCountAsync(cancellationToken) : null;
        return new([.. page.Take(request.Limit)], total, page.Count > request.Limit);
    }

    // Histories are seen by whoever sees the item; those of deleted items only by who sees everything.
    private IQueryable<StageHistoryEntry> Visible(int typeId)
    {
        var scope = access.Scope(caller, typeId, ItemAction.Read);
        if (scope.Nothing) return db.StageHistory.AsNoTracking().Where(h => false);
        if (scope.OwnerId is not { } owner) return db.StageHistory.AsNoTracking();

        return db.StageHistory.FromSql($"""
            select h.* from stage_history h where exists (
              select 1 from item i where i.type_id = h.type_id and i.id = h.item_id
                and (i.responsible_id = {owner} or i.created_by = {owner} or (i.opened and {scope.OpenToo})
                  or ({scope.WatchedToo} and coalesce(i.data->'OBSERVERS' @> to_jsonb({owner}), false))))
            """).AsNoTracking();
    }
}
