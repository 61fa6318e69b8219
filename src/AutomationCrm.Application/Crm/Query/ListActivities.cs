using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Crm.Query;

/// <summary>The tasks, to-dos, calls and meetings of one item for whoever may read it; without an item everybody's for administrators, one's own for members.</summary>
public sealed record ListActivities(ItemRef? Item = null) : IRequest<ActivityPage>
{
    /// <summary>Over ID, OWNER_TYPE_ID, OWNER_ID, KIND, SUBJECT, RESPONSIBLE_ID, AUTHOR_ID, CREATED and COMPLETED.</summary>
    public FilterNode? Filter { get; init; }

    public IReadOnlyList<ItemOrder> Order { get; init; } = [];

    public int Offset { get; init; }

    public int Limit { get; init; } = ItemQuery.PageSize;
}

public sealed record ActivityPage(IReadOnlyList<TaskItem> Activities, long Total);

internal sealed class ListActivitiesValidator : AbstractValidator<ListActivities>
{
    public ListActivitiesValidator()
    {
        RuleFor(q => q.Limit).InclusiveBetween(1, ItemQuery.LargestPage).OverridePropertyName("limit");
        RuleFor(q => q.Offset).GreaterThanOrEqualTo(0).OverridePropertyName("start");
    }
}

internal sealed class ListActivitiesHandler(CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller) : IRequestHandler<ListActivities, ActivityPage>
{
    public async Task<ActivityPage> Handle(ListActivities request, CancellationToken cancellationToken)
    {
        var filter = new RowFilter<TaskItem>()
            .Field("ID", t => t.Id).Field("OWNER_TYPE_ID", t => t.TypeId!.Value).Field("OWNER_ID", t => t.ItemId!.Value).Field("KIND", t => (int)t.Kind).Field("SUBJECT", t => t.Title)
            .Field("RESPONSIBLE_ID", t => t.ResponsibleId).Field("AUTHOR_ID", t => t.CreatorId).Field("CREATED", t => t.CreatedAt).Field("COMPLETED", t => t.State != TaskState.Open);
        var rows = filter.Apply(await VisibleAsync(request.Item, cancellationToken), request.Filter);
        var page = await filter.Sort(rows, request.Order, "ID").Skip(request.Offset).Take(request.Limit).ToListAsync(cancellationToken);
        return new(page, await rows.LongCountAsync(cancellationToken));
    }

    private async Task<IQueryable<TaskItem>> VisibleAsync(ItemRef? item, CancellationToken ct)
    {
        var tasks = db.Tasks.AsNoTracking().Where(t => t.TypeId != null && t.ItemId != null);
        if (item is { } of)
        {
            _ = await GetItemHandler.ReadAsync(of, store, gate, access, caller, ct);
            return tasks.Where(t => t.TypeId == of.TypeId && t.ItemId == of.Id);
        }

        var me = caller.PersonId;
        return caller.IsAdmin ? tasks : tasks.Where(t => t.ResponsibleId == me || t.CreatorId == me || t.AccompliceIds.Contains(me) || t.ObserverIds.Contains(me));
    }
}
