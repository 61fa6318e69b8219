using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Directory;

/// <summary>Lets a deactivated person in again. Sessions and webhooks do not come back. Administrators only.</summary>
public sealed record ActivatePerson(long Id) : IRequest<Unit>;

internal sealed class ActivatePersonValidator : AbstractValidator<ActivatePerson>
{
    public ActivatePersonValidator() => RuleFor(c => c.Id).GreaterThan(0);
}

internal sealed class ActivatePersonHandler(CrmDbContext db, IAccess access, Caller caller) : IRequestHandler<ActivatePerson, Unit>
{
    public async Task<Unit> Handle(ActivatePerson request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "activate people");
        await using var transaction = await db.BeginConfigurationAsync(cancellationToken);
        var changed = await db.People.Where(p => p.Id == request.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.IsActive, true).SetProperty(p => p.FailedLogins, 0).SetProperty(p => p.LockedUntil, (DateTimeOffset?)null), cancellationToken);
        if (changed == 0) throw new NotFoundException("Person", $"{request.Id}");
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }
}
