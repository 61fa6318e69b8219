using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.History;

/// <summary>Runs by their start, newest first, with how their robots fared; for administrators, and for one item for whoever may read it.</summary>
public sealed record SearchRuns : HistoryFilter, IRequest<RunHistory>
{
    public RunState? State { get; init; }
}

/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record RunHistory(IReadOnlyList<RunHistoryLine> Lines, HistoryCursor? Next);

/// <param name="ItemTitle">Null when the item is gone.</param>
/// <param name="ActorName">Empty for automation.</param>
/// <param name="Robots">How many of its robots are in which state.</param>
public sealed record RunHistoryLine(Run Run, string? ItemTitle, Stage? Stage, string ActorName, IReadOnlyDictionary<RobotRunState, int> Robots);

internal sealed class SearchRunsValidator : HistoryFilterValidator<SearchRuns>
{
    public SearchRunsValidator() => RuleFor(q => q.State).IsInEnum().OverridePropertyName("state");
}

internal sealed class SearchRunsHandler(CrmDbContext db, HistoryReading reading, IPortal gate) : IRequestHandler<SearchRuns, RunHistory>
{
    private static readonly HistoryOrder<Run> Order = new(
        rows => rows.OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id),
        r => new HistoryCursor(r.StartedAt, r.Id),
        pattern => r => r.Message != null && EF.Functions.Like(SqlText.Lower(r.Message), pattern));

    public async Task<RunHistory> Handle(SearchRuns request, CancellationToken cancellationToken)
    {
        await reading.RequireAsync(request, cancellationToken);
        var (shown, next) = await Order.PageAsync(Window(db, request), request, cancellationToken);
        var titles = await reading.TitlesAsync(shown.Select(r => new ItemRef(r.TypeId, r.ItemId)), cancellationToken);
        var counts = await CountsAsync(shown.ConvertAll(r => r.Id), cancellationToken);
        var portal = gate.Current;
        return new(
            [.. shown.Select(r => new RunHistoryLine(
                r,
                titles.GetValueOrDefault(new(r.TypeId, r.ItemId)),
                portal.Stage(r.TypeId, r.StageId),
                r.ActorId == Caller.SystemId ? "" : portal.PersonName(r.ActorId),
                counts.GetValueOrDefault(r.Id) ?? []))],
            next);
    }

    private async Task<Dictionary<long, Dictionary<RobotRunState, int>>> CountsAsync(List<long> runs, CancellationToken ct)
    {
        var counts = await db.RobotRuns.AsNoTracking().Where(r => runs.Contains(r.RunId)).GroupBy(r => new { r.RunId, r.State }).Select(g => new { g.Key.RunId, g.Key.State, Count = g.Count() }).ToListAsync(ct);
        return counts.GroupBy(c => c.RunId).ToDictionary(g => g.Key, g => g.ToDictionary(c => c.State, c => c.Count));
    }

    internal static IOrderedQueryable<Run> Window(CrmDbContext db, SearchRuns request)
    {
        var rows = db.Runs.AsNoTracking();
        if (request.TypeId is { } type) rows = rows.Where(r => r.TypeId == type);
        if (request.ItemId is { } item) rows = rows.Where(r => r.ItemId == item);
        if (request.StageId is { } stage) rows = rows.Where(r => r.StageId == stage);
        if (request.State is { } state) rows = rows.Where(r => r.State == state);
        if (request.From is { } from) rows = rows.Where(r => r.StartedAt >= from);
        if (request.Until is { } until) rows = rows.Where(r => r.StartedAt < until);
        if (request.After is { } after) rows = rows.Where(r => r.StartedAt <= after.At && (r.StartedAt < after.At || r.Id < after.Id));
        return Order.NewestFirst(rows);
    }
}
