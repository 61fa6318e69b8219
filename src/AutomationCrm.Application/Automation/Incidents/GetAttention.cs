using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Incidents;

/// <summary>Everything that waits for a person: open incidents, failed deliveries without one, runs that a limit stopped within a week. Members see those of items they may read.</summary>
public sealed record GetAttention : IRequest<Attention>;

/// <param name="MayDecide">Whether the caller may resolve and redeliver.</param>
public sealed record Attention(IReadOnlyList<IncidentLine> Incidents, IReadOnlyList<FailedDelivery> Deliveries, IReadOnlyList<StoppedRun> Runs, bool MayDecide)
{
    public int Count => Incidents.Count + Deliveries.Count + Runs.Count;
}

/// <param name="ItemTitle">Null when the item is gone.</param>
/// <param name="Advice">What to do: a code for texts, <c>advice.</c> and what it is about.</param>
public sealed record IncidentLine(Incident Incident, string? ItemTitle, string? RobotName, Stage? Stage, string Advice, IReadOnlyList<IncidentAction> Actions);

public sealed record FailedDelivery(Delivery Delivery, string? ItemTitle, string? Error);

public sealed record StoppedRun(Run Run, string? ItemTitle, Stage? Stage);

internal sealed class GetAttentionHandler(CrmDbContext db, IItemReader items, IPortal gate, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<GetAttention, Attention>
{
    private const int Most = 500;

    public async Task<Attention> Handle(GetAttention request, CancellationToken cancellationToken)
    {
        var portal = await gate.FreshAsync(cancellationToken);
        var since = clock.GetUtcNow().AddDays(-7);
        var incidents = await db.Incidents.AsNoTracking().Where(i => i.State == 0).OrderByDescending(i => i.Id).Take(Most).ToListAsync(cancellationToken);
        var deliveries = await db.Deliveries.AsNoTracking()
            .Where(d => (d.State == DeliveryState.Failed || d.State == DeliveryState.Unknown) && d.CreatedAt > since && !db.Incidents.Any(i => i.State == 0 && i.RobotRunId == d.RobotRunId))
            .OrderByDescending(d => d.CreatedAt).Take(Most).ToListAsync(cancellationToken);
        // A stopped run has an incident of its own until somebody has read it.
        var runs = await db.Runs.AsNoTracking()
            .Where(r => r.State == RunState.Stopped && r.StartedAt > since && !db.Incidents.Any(i => i.RunId == r.Id))
            .OrderByDescending(r => r.Id).Take(Most).ToListAsync(cancellationToken);

        var refs = incidents.Where(i => i is { TypeId: not null, ItemId: not null }).Select(i => new ItemRef(i.TypeId!.Value, i.ItemId!.Value))
            .Concat(deliveries.Select(d => new ItemRef(d.TypeId, d.ItemId))).Concat(runs.Select(r => new ItemRef(r.TypeId, r.ItemId))).Distinct().ToList();
        var titles = await items.FindTitlesAsync(refs, type => access.Scope(caller, type, ItemAction.Read), cancellationToken);
        var everything = caller.IsAdmin || caller.IsSystem;
        bool Visible(int? type, long? item) => everything || (type is { } t && item is { } i && titles.ContainsKey(new(t, i)));
        string? Title(int? type, long? item) => type is { } t && item is { } i ? titles.GetValueOrDefault(new(t, i)) : null;

        var (robots, stages) = await NamesAsync(incidents, portal, cancellationToken);
        var errors = await ErrorsAsync(deliveries, cancellationToken);
        return new(
            [.. incidents.Where(i => Visible(i.TypeId, i.ItemId)).Select(i => new IncidentLine(
                i,
                Title(i.TypeId, i.ItemId),
                i.RobotRunId is { } robotRun ? robots.GetValueOrDefault(robotRun) : null,
                i.RunId is { } run ? stages.GetValueOrDefault(run) : null,
                Advice.For(i.Code),
                everything ? IncidentActions.For(i) : []))],
            [.. deliveries.Where(d => Visible(d.TypeId, d.ItemId)).Select(d => new FailedDelivery(d, Title(d.TypeId, d.ItemId), errors.GetValueOrDefault(d.EffectKey)))],
            [.. runs.Where(r => Visible(r.TypeId, r.ItemId)).Select(r => new StoppedRun(r, Title(r.TypeId, r.ItemId), portal.Stage(r.TypeId, r.StageId)))],
            everything);
    }

    private async Task<(Dictionary<long, string> Robots, Dictionary<long, Stage?> Stages)> NamesAsync(List<Incident> incidents, PortalSnapshot portal, CancellationToken ct)
    {
        var (robotRuns, runs) = (incidents.Select(i => i.RobotRunId).OfType<long>().ToArray(), incidents.Select(i => i.RunId).OfType<long>().Distinct().ToArray());
        var stages = await db.Runs.AsNoTracking().Where(r => runs.Contains(r.Id)).Select(r => new { r.Id, r.TypeId, r.StageId }).ToListAsync(ct);
        return (
            await db.RobotRuns.AsNoTracking().Where(r => robotRuns.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Name, ct),
            stages.ToDictionary(r => r.Id, r => portal.Stage(r.TypeId, r.StageId)));
    }

    private async Task<Dictionary<Guid, string?>> ErrorsAsync(List<Delivery> deliveries, CancellationToken ct)
    {
        var keys = deliveries.ConvertAll(d => d.EffectKey);
        var attempts = await db.DeliveryAttempts.AsNoTracking().Where(a => keys.Contains(a.EffectKey)).Select(a => new { a.EffectKey, a.Attempt, a.Error }).ToListAsync(ct);
        return attempts.GroupBy(a => a.EffectKey).ToDictionary(g => g.Key, g => g.MaxBy(a => a.Attempt)!.Error);
    }
}

/// <summary>What usually helps, by the code of the incident.</summary>
internal static class Advice
{
    public static string For(string code) => code switch
    {
        "effect.unknown" => "advice.unknown",
        "effect.failed" => "advice.destination",
        "settings.unresolved" or "condition.unknown" => "advice.reference",
        "robot.unknown" => "advice.robot",
        "job.unknown" => "advice.version",
        "worker.lost" or "write.failed" => "advice.program",
        _ when code.StartsWith("budget.", StringComparison.Ordinal) => "advice.cycle",
        _ when code.StartsWith("setting.", StringComparison.Ordinal) || code.StartsWith("field.", StringComparison.Ordinal) || code.StartsWith("stage.", StringComparison.Ordinal) => "advice.settings",
        _ => "advice.retry",
    };
}
