using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Webhooks;

/// <summary>Ends a webhook for good: one's own, for administrators anybody's. Another's looks like none.</summary>
public sealed record RevokeWebhook(long Id) : IRequest<Unit>;

internal sealed class RevokeWebhookValidator : AbstractValidator<RevokeWebhook>
{
    public RevokeWebhookValidator() => RuleFor(c => c.Id).GreaterThan(0);
}

internal sealed class RevokeWebhookHandler(CrmDbContext db, Caller caller, WebhookCache cache, TimeProvider clock) : IRequestHandler<RevokeWebhook, Unit>
{
    public async Task<Unit> Handle(RevokeWebhook request, CancellationToken cancellationToken)
    {
        var (everybody, me, now) = (caller.IsAdmin, caller.PersonId, clock.GetUtcNow());
        var mine = db.Webhooks.Where(w => w.Id == request.Id && (everybody || w.PersonId == me));
        if (!await mine.AnyAsync(cancellationToken)) throw new NotFoundException("Webhook", $"{request.Id}");

        await mine.Where(w => w.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(w => w.RevokedAt, now), cancellationToken);
        cache.Forget();
        return Unit.Value;
    }
}
