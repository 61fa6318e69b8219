using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Incidents.Bulk;

/// <summary>
/// Decides many incidents in the background, chosen one by one or as all of one robot with one reason; answers the number under which
/// its progress is told. For administrators.
/// </summary>
public sealed record DecideInBulk(IncidentAction Action) : IRequest<long>
{
    public const int MostIds = 5_000;

    public IReadOnlyCollection<long> Ids { get; init; } = [];

    public IncidentGroup? Group { get; init; }

    /// <summary>Whether a retry goes on by the newest version of the automation.</summary>
    public bool Latest { get; init; }
}

internal sealed class DecideInBulkValidator : AbstractValidator<DecideInBulk>
{
    public DecideInBulkValidator()
    {
        RuleFor(c => c.Action).IsInEnum().OverridePropertyName("action");
        RuleFor(c => c.Ids).Must(ids => ids.Count <= DecideInBulk.MostIds).OverridePropertyName("ids").Refuses("incident.most", $"At most {DecideInBulk.MostIds} ids.", DecideInBulk.MostIds);
        RuleFor(c => c.Ids).Must((c, ids) => ids.Count > 0 != c.Group is not null).OverridePropertyName("ids").Refuses("incident.which", "Either ids or a group.");
    }
}

internal sealed class DecideInBulkHandler(IBulkStore store, IIdSource ids, BulkBell bell, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<DecideInBulk, long>
{
    public async Task<long> Handle(DecideInBulk request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "decide incidents");
        var decision = new BulkDecision
        {
            Id = await ids.NextRowIdAsync(cancellationToken),
            Action = IncidentActions.Resolution(request.Action),
            Latest = request.Latest && request.Action == IncidentAction.Retry,
            AuthorId = caller.PersonId,
            CreatedAt = clock.GetUtcNow(),
        };
        if (await store.StartAsync(decision, request.Ids, request.Group, cancellationToken) == 0)
            throw new RuleBrokenException("incident.none", "None of these incidents is open any more.", "ids");

        bell.Ring();
        return decision.Id;
    }
}

/// <summary>How far a bulk decision is and what became of its incidents; for administrators.</summary>
public sealed record GetBulkDecision(long Id) : IRequest<BulkProgress>;

/// <param name="Refusals">By reason, with how many; the message of one of them.</param>
/// <param name="Outcomes">By what has become of the robots since: how many. Empty unless it was a retry.</param>
public sealed record BulkProgress(BulkDecision Decision, string AuthorName, int Waiting, int Decided, int Refused, IReadOnlyList<BulkRefusal> Refusals, IReadOnlyDictionary<Runs.RobotRunState, int> Outcomes);

public sealed record BulkRefusal(string Code, string Message, int Count);

internal sealed class GetBulkDecisionHandler(CrmDbContext db, Application.Portal.IPortal portal, IAccess access, Caller caller) : IRequestHandler<GetBulkDecision, BulkProgress>
{
    public async Task<BulkProgress> Handle(GetBulkDecision request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see decisions about incidents");
        var decision = await db.BulkDecisions.AsNoTracking().FirstOrDefaultAsync(d => d.Id == request.Id, cancellationToken)
            ?? throw new NotFoundException("Decision", request.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var rows = db.BulkDecisionRows.AsNoTracking().Where(r => r.DecisionId == request.Id);
        var counts = await rows.GroupBy(r => r.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var refusals = await rows.Where(r => r.State == BulkRowState.Refused).GroupBy(r => r.Code).Select(g => new { g.Key, Message = g.Min(r => r.Message), Count = g.Count() }).OrderByDescending(g => g.Count).Take(20).ToListAsync(cancellationToken);
        var outcomes = decision.Action == "retry"
            ? await (from row in rows
                     where row.State == BulkRowState.Decided && row.RunId != null
                     join incident in db.Incidents.AsNoTracking() on row.IncidentId equals incident.Id
                     join failed in db.RobotRuns.AsNoTracking() on incident.RobotRunId equals failed.Id
                     from robotRun in db.RobotRuns.AsNoTracking().Where(r => r.RunId == row.RunId && r.RobotKey == failed.RobotKey)
                     group robotRun by robotRun.State into g
                     select new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken)
            : [];
        return new(decision, (await portal.FreshAsync(cancellationToken)).PersonName(decision.AuthorId), counts.GetValueOrDefault(BulkRowState.Waiting), counts.GetValueOrDefault(BulkRowState.Decided), counts.GetValueOrDefault(BulkRowState.Refused),
            [.. refusals.Select(r => new BulkRefusal(r.Key ?? "", r.Message ?? "", r.Count))], outcomes);
    }
}

/// <summary>Leaves the incidents of a bulk decision that still wait as they are; false when it has ended. For administrators.</summary>
public sealed record CancelBulkDecision(long Id) : IRequest<bool>;

internal sealed class CancelBulkDecisionHandler(IBulkStore store, IAccess access, Caller caller) : IRequestHandler<CancelBulkDecision, bool>
{
    public Task<bool> Handle(CancelBulkDecision request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "decide incidents");
        return store.CancelAsync(request.Id, cancellationToken);
    }
}

/// <summary>The largest groups of open incidents with one robot and one reason; for administrators.</summary>
public sealed record ListIncidentGroups : IRequest<IReadOnlyList<IncidentGroupCount>>;

internal sealed class ListIncidentGroupsHandler(IBulkStore store, IAccess access, Caller caller) : IRequestHandler<ListIncidentGroups, IReadOnlyList<IncidentGroupCount>>
{
    public Task<IReadOnlyList<IncidentGroupCount>> Handle(ListIncidentGroups request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "decide incidents");
        return store.GroupsAsync(20, cancellationToken);
    }
}
