using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Sessions;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.SecondFactors;

/// <summary>One's own second factor, for its page.</summary>
public sealed record GetSecondFactor : IRequest<SecondFactorView>;

/// <param name="CodesLeft">Recovery codes that were not used yet.</param>
public sealed record SecondFactorView(DateTimeOffset? Since, int CodesLeft);

internal sealed class GetSecondFactorHandler(CrmDbContext db, CurrentSession session) : IRequestHandler<GetSecondFactor, SecondFactorView>
{
    public async Task<SecondFactorView> Handle(GetSecondFactor request, CancellationToken cancellationToken)
    {
        var personId = session.RequireSelf("see the second factor");
        var since = await db.SecondFactors.Where(f => f.PersonId == personId).Select(f => f.ConfirmedAt).SingleOrDefaultAsync(cancellationToken);
        return new(since, await db.RecoveryCodes.CountAsync(c => c.PersonId == personId && c.UsedAt == null, cancellationToken));
    }
}
