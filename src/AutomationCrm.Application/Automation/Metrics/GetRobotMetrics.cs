using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Metrics;

/// <summary>The figures of every robot of an item type, or of one stage, over the last days (today, UTC, counted); for administrators.</summary>
public sealed record GetRobotMetrics(int TypeId) : IRequest<IReadOnlyList<RobotMetrics>>
{
    public const int MostDays = 366;

    public string? StageId { get; init; }

    public int Days { get; init; } = 30;
}

/// <param name="Runs">Robot runs whose turn came in the period.</param>
/// <param name="Failed">How often it asked for a person.</param>
/// <param name="AverageDelay">From its turn to its start; null when none did its work.</param>
/// <param name="AverageDuration">At work, outside calls included.</param>
public sealed record RobotMetrics(string StageId, string RobotKey, long Runs, long Done, long Skipped, long Failed, TimeSpan? AverageDelay, TimeSpan? AverageDuration);

internal sealed class GetRobotMetricsValidator : AbstractValidator<GetRobotMetrics>
{
    public GetRobotMetricsValidator()
    {
        RuleFor(q => q.Days).InclusiveBetween(1, GetRobotMetrics.MostDays).OverridePropertyName("days");
        RuleFor(q => q.TypeId).GreaterThan(0).OverridePropertyName("entityTypeId");
    }
}

internal sealed class GetRobotMetricsHandler(CrmDbContext db, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<GetRobotMetrics, IReadOnlyList<RobotMetrics>>
{
    public async Task<IReadOnlyList<RobotMetrics>> Handle(GetRobotMetrics request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the figures of robots");
        var since = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1 - request.Days);
        var (stats, deltas) = (db.RobotStats.AsNoTracking().Where(s => s.TypeId == request.TypeId && s.Day >= since), db.RobotStatDeltas.AsNoTracking().Where(s => s.TypeId == request.TypeId && s.Day >= since));
        if (request.StageId is { } stage) (stats, deltas) = (stats.Where(s => s.StageId == stage), deltas.Where(s => s.StageId == stage));

        // One statement reads both, so that a fold in between counts nothing twice.
        var sums = await stats.Select(s => new { s.StageId, s.RobotKey, s.Begun, s.Done, s.Skipped, s.Failed, s.Ended, s.DelayUs, s.WorkUs })
            .Concat(deltas.Select(s => new { s.StageId, s.RobotKey, Begun = (long)s.Begun, Done = (long)s.Done, Skipped = (long)s.Skipped, Failed = (long)s.Failed, Ended = (long)s.Ended, s.DelayUs, s.WorkUs }))
            .GroupBy(s => new { s.StageId, s.RobotKey })
            .Select(g => new { g.Key.StageId, g.Key.RobotKey, Begun = g.Sum(s => s.Begun), Done = g.Sum(s => s.Done), Skipped = g.Sum(s => s.Skipped), Failed = g.Sum(s => s.Failed), Ended = g.Sum(s => s.Ended), Delay = g.Sum(s => s.DelayUs), Work = g.Sum(s => s.WorkUs) })
            .OrderBy(s => s.StageId).ThenBy(s => s.RobotKey)
            .ToListAsync(cancellationToken);
        return [.. sums.Select(s => new RobotMetrics(s.StageId, s.RobotKey, s.Begun, s.Done, s.Skipped, s.Failed, Mean(s.Delay, s.Ended), Mean(s.Work, s.Ended)))];
    }

    private static TimeSpan? Mean(long micros, long count) => count == 0 ? null : TimeSpan.FromMicroseconds((double)micros / count);
}
