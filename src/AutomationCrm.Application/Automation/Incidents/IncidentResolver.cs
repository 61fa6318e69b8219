using System.Text.Json;
using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Outbox;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Incidents;

/// <summary>Carries a decision out: the stored job goes back into its lane with the person's word, an effect of unknown outcome is settled.</summary>
internal sealed class IncidentResolver(CrmDbContext db, IUnitOfWork work, Redelivery redelivery, LatestRetry latest)
{
    /// <summary>To be called under the lock of the incident's item, with an action that the incident allows.</summary>
    /// <returns>The run in which the work goes on, null where none does.</returns>
    public async Task<long?> ResolveAsync(Incident incident, IncidentAction action, LatestRetry.Found step, CancellationToken ct)
    {
        work.Changes.Add(work.Changes.ResolvedIncidents, new(incident.Id, work.Caller.PersonId, IncidentActions.Resolution(action)));
        work.Hint(Topics.Attention);
        if (incident is { TypeId: { } type, ItemId: { } item }) work.Hint(Topics.Item(new(type, item)));
        if (action == IncidentAction.Acknowledge || incident.JobKind is not { } kind || incident.Args is not { } args) return null;
        if (step.Plan is not null) return await GoOnByLatestAsync(incident, step, ct);
        if (await SettleAsync(incident, action, ct)) return incident.RunId;

        if (kind == TrackJob.Kind) Enqueue(incident, kind, Decided(TrackJob.Parse(args), action).ToJson());
        else if (action == IncidentAction.Retry) Enqueue(incident, kind, args);
        else if (kind == StartRunJob.Kind) await CancelRunAsync(args, ct);
        else if (kind == FeedLaunchJob.Kind) work.Changes.Add(work.Changes.LaunchChanges, new LaunchChange(new LaneId(incident.LaneId).Key, LaunchState.Cancelled));
        return incident.RunId;
    }

    private async Task<long?> GoOnByLatestAsync(Incident incident, LatestRetry.Found step, CancellationToken ct)
    {
        // The former effect is given up: the newest version makes one of its own.
        if (incident.EffectKey is { } key && await db.Deliveries.AsNoTracking().AnyAsync(d => d.EffectKey == key && d.State == DeliveryState.Unknown, ct))
            work.Changes.Add(work.Changes.SettledDeliveries, new(key, DeliveryState.Unknown, DeliveryState.Cancelled, work.Caller.PersonId));
        return await latest.GoOnAsync(step, ct);
    }

    // The lost outcome of an effect: sent again it continues by its own result, otherwise the person's word is the result.
    private async Task<bool> SettleAsync(Incident incident, IncidentAction action, CancellationToken ct)
    {
        if (incident.EffectKey is not { } key || await db.Deliveries.AsNoTracking().FirstOrDefaultAsync(d => d.EffectKey == key, ct) is not { State: DeliveryState.Unknown } delivery) return false;

        if (action == IncidentAction.Retry)
        {
            await redelivery.AgainAsync(delivery, ct);
            return true;
        }

        var settled = action == IncidentAction.MarkDone ? DeliveryState.Delivered : DeliveryState.Cancelled;
        work.Changes.Add(work.Changes.SettledDeliveries, new(key, DeliveryState.Unknown, settled, work.Caller.PersonId));
        work.Hint(Topics.Outbox);
        return false;
    }

    private TrackJob Decided(TrackJob job, IncidentAction action) => action switch
    {
        IncidentAction.Skip => job with { Resume = Resume.Skip, By = work.Caller.PersonId },
        IncidentAction.MarkDone => job with { Resume = Resume.MarkDone, By = work.Caller.PersonId },
        _ => job with { By = work.Caller.PersonId },
    };

    private void Enqueue(Incident incident, string kind, string args) => work.Changes.Add(work.Changes.Jobs, new NewJob(new LaneId(incident.LaneId), kind, args));

    private async Task CancelRunAsync(string args, CancellationToken ct)
    {
        using var json = JsonDocument.Parse(args);
        var id = json.RootElement.GetProperty("run").GetInt64();
        if (await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.State == RunState.Running, ct) is not { } run) return;

        (run.State, run.OpenTracks, run.FinishedAt, run.Message) = (RunState.Cancelled, 0, work.Now, $"{work.Portal.PersonName(work.Caller.PersonId)} skipped it.");
        work.Changes.Add(work.Changes.ChangedRuns, run);
    }
}
