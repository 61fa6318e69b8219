using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Outbox;

/// <summary>Sends a delivered, failed or lost delivery once more, with the same request and key; the attempt names who asked. For administrators.</summary>
public sealed record RedeliverDelivery(Guid EffectKey) : ICommand<Unit>;

internal sealed class RedeliverDeliveryValidator : AbstractValidator<RedeliverDelivery>
{
    public RedeliverDeliveryValidator() => RuleFor(c => c.EffectKey).NotEmpty();
}

internal sealed class RedeliverDeliveryHandler(CrmDbContext db, IUnitOfWork work, Redelivery redelivery, IAccess access) : IRequestHandler<RedeliverDelivery, Unit>
{
    public async Task<Unit> Handle(RedeliverDelivery request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(work.Caller, "send deliveries again");
        var found = await db.Deliveries.AsNoTracking().Where(d => d.EffectKey == request.EffectKey).Select(d => new { d.TypeId, d.ItemId }).FirstOrDefaultAsync(cancellationToken)
            ?? throw new NotFoundException("Delivery", request.EffectKey.ToString());
        await work.LockForCommandAsync([new ItemRef(found.TypeId, found.ItemId)], cancellationToken);
        var delivery = await db.Deliveries.AsNoTracking().SingleAsync(d => d.EffectKey == request.EffectKey, cancellationToken);
        if (!Redelivery.Allowed(delivery.State)) throw new RuleBrokenException("delivery.state", $"A delivery that is {delivery.State} cannot be sent again.", "effectKey");

        await redelivery.AgainAsync(delivery, cancellationToken);
        await redelivery.ResolveIncidentsAsync(delivery, cancellationToken);
        return Unit.Value;
    }
}
