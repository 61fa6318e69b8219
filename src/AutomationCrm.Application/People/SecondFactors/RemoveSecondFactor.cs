using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Sessions;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.SecondFactors;

/// <summary>Removes one's own second factor, or as an administrator that of somebody who lost it.</summary>
/// <param name="PersonId">Null is oneself.</param>
public sealed record RemoveSecondFactor(long? PersonId = null) : IRequest<Unit>;

internal sealed class RemoveSecondFactorHandler(CrmDbContext db, CurrentSession session, IAccess access, Caller caller, TimeProvider clock) : IRequestHandler<RemoveSecondFactor, Unit>
{
    public async Task<Unit> Handle(RemoveSecondFactor request, CancellationToken cancellationToken)
    {
        session.RequireProof(clock.GetUtcNow());
        if (request.PersonId is not null) access.RequireAdministrator(caller, "remove the second factor of others");
        var personId = request.PersonId ?? session.RequireSelf("remove the second factor");

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.RecoveryCodes.Where(c => c.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
        await db.SecondFactors.Where(f => f.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }
}
