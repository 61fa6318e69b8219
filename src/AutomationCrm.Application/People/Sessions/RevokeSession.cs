using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Sessions;

/// <summary>Ends one of one's own sessions, by the id of <see cref="ListSessions"/>.</summary>
public sealed record RevokeSession(string Id) : IRequest<Unit>;

internal sealed class RevokeSessionValidator : AbstractValidator<RevokeSession>
{
    public RevokeSessionValidator() => RuleFor(c => c.Id).Matches("^[0-9A-Fa-f]{64}$");
}

internal sealed class RevokeSessionHandler(CrmDbContext db, CurrentSession session) : IRequestHandler<RevokeSession, Unit>
{
    public async Task<Unit> Handle(RevokeSession request, CancellationToken cancellationToken)
    {
        var (personId, hash) = (session.RequireSelf("end a session"), Convert.FromHexString(request.Id));
        var ended = await db.SignInSessions.Where(s => s.PersonId == personId && s.TokenHash == hash).ExecuteDeleteAsync(cancellationToken);
        return ended == 1 ? Unit.Value : throw new NotFoundException("Session", request.Id[..8]);
    }
}
