using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Outbox;

/// <summary>Sends a finished delivery again with its key; a robot that waits for a person because of it waits for the delivery instead.</summary>
internal sealed class Redelivery(CrmDbContext db, IUnitOfWork work)
{
    public static bool Allowed(DeliveryState state) => state is DeliveryState.Failed or DeliveryState.Delivered or DeliveryState.Unknown;

    /// <summary>To be called under the lock of the delivery's item.</summary>
    public async Task AgainAsync(Delivery delivery, CancellationToken ct)
    {
        work.Changes.Add(work.Changes.SettledDeliveries, new(delivery.EffectKey, delivery.State, DeliveryState.Waiting, work.Caller.PersonId));
        if (await db.RobotRuns.AsNoTracking().FirstOrDefaultAsync(r => r.Id == delivery.RobotRunId && r.State == RobotRunState.Incident, ct) is { } parked)
        {
            (parked.State, parked.DueAt, parked.Code, parked.Message) = (RobotRunState.Sending, work.Now, "effect.outbox", null);
            work.Changes.Add(work.Changes.ChangedRobotRuns, parked);
        }

        work.Hint(Topics.Outbox);
        work.Hint(Topics.Item(new(delivery.TypeId, delivery.ItemId)));
    }

    /// <summary>Closes the incidents about it.</summary>
    public async Task ResolveIncidentsAsync(Delivery delivery, CancellationToken ct)
    {
        var open = await db.Incidents.AsNoTracking().Where(i => i.State == 0 && (i.EffectKey == delivery.EffectKey || i.RobotRunId == delivery.RobotRunId)).Select(i => i.Id).ToListAsync(ct);
        foreach (var id in open) work.Changes.Add(work.Changes.ResolvedIncidents, new(id, work.Caller.PersonId, "retry"));
        if (open.Count > 0) work.Hint(Topics.Attention);
    }
}
