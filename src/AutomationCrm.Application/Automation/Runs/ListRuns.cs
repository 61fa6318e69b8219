using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>Runs with their robot runs, newest first. Those of one item for whoever may read it, all of them for administrators.</summary>
public sealed record ListRuns : IRequest<RunPage>
{
    public int? TypeId { get; init; }

    public long? ItemId { get; init; }

    public RunState? State { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; } = ItemQuery.PageSize;

    public bool WithCount { get; init; }
}

public sealed record RunPage(IReadOnlyList<RunLine> Runs, long? Total, bool HasMore);

public sealed record RunLine(Run Run, IReadOnlyList<RobotRun> Robots);

internal sealed class ListRunsValidator : AbstractValidator<ListRuns>
{
    public ListRunsValidator()
    {
        RuleFor(q => q.Limit).InclusiveBetween(1, ItemQuery.LargestPage).OverridePropertyName("limit");
        RuleFor(q => q.Offset).GreaterThanOrEqualTo(0).OverridePropertyName("start");
        RuleFor(q => q.TypeId).NotNull().When(q => q.ItemId is not null).OverridePropertyName("entityTypeId");
    }
}

internal sealed class ListRunsHandler(CrmDbContext db, IWorkStore store, IPortal gate, IAccess access, Caller caller) : IRequestHandler<ListRuns, RunPage>
{
    public async Task<RunPage> Handle(ListRuns request, CancellationToken cancellationToken)
    {
        var runs = db.Runs.AsNoTracking();
        if (request is { TypeId: { } itemType, ItemId: { } itemId })
        {
            await GetItemHandler.ReadAsync(new ItemRef(itemType, itemId), store, gate, access, caller, cancellationToken);
            runs = runs.Where(r => r.ItemId == itemId);
        }
        else
        {
            access.RequireAdministrator(caller, "see the runs of all items");
        }

        if (request.TypeId is { } typeId) runs = runs.Where(r => r.TypeId == typeId);
        if (request.State is { } state) runs = runs.Where(r => r.State == state);
        var page = await runs.OrderByDescending(r => r.Id).Skip(request.Offset).Take(request.Limit + 1).ToListAsync(cancellationToken);
        var shown = page.Take(request.Limit).ToList();
        var ids = shown.ConvertAll(r => r.Id);
        var robots = (await db.RobotRuns.AsNoTracking().Where(r => ids.Contains(r.RunId)).OrderBy(r => r.Track).ThenBy(r => r.Position).ThenBy(r => r.Id).ToListAsync(cancellationToken)).ToLookup(r => r.RunId);
        return new([.. shown.Select(r => new RunLine(r, [.. robots[r.Id]]))], request.WithCount ? await runs.LongCountAsync(cancellationToken) : null, page.Count > request.Limit);
    }
}
