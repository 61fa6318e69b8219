using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Webhooks;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Directory;

/// <summary>Lets a person in no more: ends the sessions, the links and the webhooks of the person at once. Histories keep the name. Administrators only.</summary>
public sealed record DeactivatePerson(long Id) : IRequest<Unit>;

internal sealed class DeactivatePersonValidator : AbstractValidator<DeactivatePerson>
{
    public DeactivatePersonValidator() => RuleFor(c => c.Id).GreaterThan(0);
}

internal sealed class DeactivatePersonHandler(CrmDbContext db, IAccess access, Caller caller, WebhookCache webhooks, TimeProvider clock) : IRequestHandler<DeactivatePerson, Unit>
{
    public async Task<Unit> Handle(DeactivatePerson request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "deactivate people");
        if (request.Id == caller.PersonId) throw new RuleBrokenException("person.self", "Nobody can deactivate himself.");

        await using var transaction = await db.BeginConfigurationAsync(cancellationToken);
        var person = await db.People.SingleOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw new NotFoundException("Person", $"{request.Id}");
        if (person is { IsAdmin: true, IsActive: true }) await PersonRules.RequireOtherAdministratorAsync(db, person, cancellationToken);
        await PersonRules.RequireHeadOfNothingAsync(db, person, cancellationToken);

        var now = clock.GetUtcNow();
        person.IsActive = false;
        await db.SignInSessions.Where(s => s.PersonId == person.Id).ExecuteDeleteAsync(cancellationToken);
        await db.SignInSessions.Where(s => s.ViewAsId == person.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.ViewAsId, (long?)null), cancellationToken);
        await db.OneTimeLinks.Where(l => l.PersonId == person.Id && l.UsedAt == null).ExecuteDeleteAsync(cancellationToken);
        await db.Webhooks.Where(w => w.PersonId == person.Id && w.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(w => w.RevokedAt, now), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        webhooks.Forget();
        return Unit.Value;
    }
}
