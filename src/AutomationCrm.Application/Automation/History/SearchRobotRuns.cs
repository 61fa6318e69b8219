using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.History;

/// <summary>Robot runs by when their turn came, newest first; for administrators, and for one item for whoever may read it.</summary>
public sealed record SearchRobotRuns : HistoryFilter, IRequest<RobotRunHistory>
{
    public string? RobotType { get; init; }

    public string? RobotKey { get; init; }

    public RobotRunState? State { get; init; }

    /// <summary>The stable reason, for example <c>condition.false</c>.</summary>
    public string? Code { get; init; }
}

/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record RobotRunHistory(IReadOnlyList<RobotRunLine> Lines, HistoryCursor? Next);

/// <param name="ItemTitle">Null when the item is gone.</param>
public sealed record RobotRunLine(RobotRun RobotRun, string? ItemTitle, Stage? Stage);

internal sealed class SearchRobotRunsValidator : HistoryFilterValidator<SearchRobotRuns>
{
    public SearchRobotRunsValidator()
    {
        RuleFor(q => q.State).IsInEnum().OverridePropertyName("state");
        RuleFor(q => q.RobotType).MaximumLength(100).OverridePropertyName("robotType");
        RuleFor(q => q.RobotKey).MaximumLength(64).OverridePropertyName("robotKey");
        RuleFor(q => q.Code).MaximumLength(100).OverridePropertyName("code");
    }
}

internal sealed class SearchRobotRunsHandler(CrmDbContext db, HistoryReading reading, IPortal gate) : IRequestHandler<SearchRobotRuns, RobotRunHistory>
{
    private static readonly HistoryOrder<RobotRun> Order = new(
        rows => rows.OrderByDescending(r => r.PlannedAt).ThenByDescending(r => r.Id),
        r => new HistoryCursor(r.PlannedAt, r.Id),
        pattern => r => r.Message != null && EF.Functions.Like(SqlText.Lower(r.Message), pattern));

    public async Task<RobotRunHistory> Handle(SearchRobotRuns request, CancellationToken cancellationToken)
    {
        await reading.RequireAsync(request, cancellationToken);
        var (shown, next) = await Order.PageAsync(Window(db, request), request, cancellationToken);
        var titles = await reading.TitlesAsync(shown.Select(r => new ItemRef(r.TypeId, r.ItemId)), cancellationToken);
        return new([.. shown.Select(r => new RobotRunLine(r, titles.GetValueOrDefault(new(r.TypeId, r.ItemId)), gate.Current.Stage(r.TypeId, r.StageId)))], next);
    }

    internal static IOrderedQueryable<RobotRun> Window(CrmDbContext db, SearchRobotRuns request)
    {
        var rows = db.RobotRuns.AsNoTracking();
        if (request.TypeId is { } type) rows = rows.Where(r => r.TypeId == type);
        if (request.ItemId is { } item) rows = rows.Where(r => r.ItemId == item && db.Runs.Where(u => u.TypeId == r.TypeId && u.ItemId == item).Select(u => u.Id).Contains(r.RunId));
        if (request.StageId is { } stage) rows = rows.Where(r => r.StageId == stage);
        if (request.RobotType is { } robotType) rows = rows.Where(r => r.RobotType == robotType);
        if (request.RobotKey is { } key) rows = rows.Where(r => r.RobotKey == key);
        if (request.State is { } state) rows = rows.Where(r => r.State == state);
        if (request.Code is { } code) rows = rows.Where(r => r.Code == code);
        if (request.From is { } from) rows = rows.Where(r => r.PlannedAt >= from);
        if (request.Until is { } until) rows = rows.Where(r => r.PlannedAt < until);
        if (request.After is { } after) rows = rows.Where(r => r.PlannedAt <= after.At && (r.PlannedAt < after.At || r.Id < after.Id));
        return Order.NewestFirst(rows);
    }
}
