using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Outbox;

/// <summary>One delivery with its request and all attempts; for administrators.</summary>
public sealed record GetDelivery(Guid EffectKey) : IRequest<DeliveryDetail>;

/// <param name="Attempts">Newest first.</param>
/// <param name="RobotRun">Whose work it is.</param>
/// <param name="IncidentId">The open incident about it.</param>
public sealed record DeliveryDetail(Delivery Delivery, IReadOnlyList<AttemptLine> Attempts, string? ItemTitle, RobotRun? RobotRun, long? IncidentId)
{
    public bool MayRedeliver => Redelivery.Allowed(Delivery.State);
}

/// <param name="ByPersonName">Who asked for it by hand, null when nobody did.</param>
public sealed record AttemptLine(DeliveryAttempt Attempt, string? ByPersonName);

internal sealed class GetDeliveryHandler(CrmDbContext db, IPortal gate, IItemReader items, IAccess access, Caller caller) : IRequestHandler<GetDelivery, DeliveryDetail>
{
    public async Task<DeliveryDetail> Handle(GetDelivery request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "see the outbox");
        var portal = await gate.FreshAsync(cancellationToken);
        var delivery = await db.Deliveries.AsNoTracking().FirstOrDefaultAsync(d => d.EffectKey == request.EffectKey, cancellationToken)
            ?? throw new NotFoundException("Delivery", request.EffectKey.ToString());
        var item = new ItemRef(delivery.TypeId, delivery.ItemId);
        var attempts = await db.DeliveryAttempts.AsNoTracking().Where(a => a.EffectKey == delivery.EffectKey).OrderByDescending(a => a.Attempt).ToListAsync(cancellationToken);
        return new(
            delivery,
            [.. attempts.Select(a => new AttemptLine(a, a.ByPerson is { } person ? portal.PersonName(person) : null))],
            (await items.FindTitlesAsync([item], type => access.Scope(caller, type, ItemAction.Read), cancellationToken)).GetValueOrDefault(item),
            await db.RobotRuns.AsNoTracking().FirstOrDefaultAsync(r => r.Id == delivery.RobotRunId, cancellationToken),
            await db.Incidents.AsNoTracking().Where(i => i.EffectKey == delivery.EffectKey && i.State == 0).Select(i => (long?)i.Id).FirstOrDefaultAsync(cancellationToken));
    }
}
