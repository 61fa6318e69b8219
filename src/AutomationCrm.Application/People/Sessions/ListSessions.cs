using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Sessions;

/// <summary>One's own sessions, the one of this browser first.</summary>
public sealed record ListSessions : IRequest<IReadOnlyList<SessionRow>>;

/// <param name="Id">Names the session for <see cref="RevokeSession"/>; it opens nothing.</param>
public sealed record SessionRow(string Id, string Agent, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, bool IsThis);

internal sealed class ListSessionsHandler(CrmDbContext db, CurrentSession session, TimeProvider clock) : IRequestHandler<ListSessions, IReadOnlyList<SessionRow>>
{
    public async Task<IReadOnlyList<SessionRow>> Handle(ListSessions request, CancellationToken cancellationToken)
    {
        var (personId, now) = (session.RequireSelf("see the sessions"), clock.GetUtcNow());
        var rows = await db.SignInSessions.AsNoTracking().Where(s => s.PersonId == personId && s.ExpiresAt > now && !s.AwaitsCode).OrderByDescending(s => s.LastSeenAt).ToListAsync(cancellationToken);
        return [.. rows
            .Select(s => new SessionRow(Convert.ToHexString(s.TokenHash), s.Agent, s.CreatedAt, s.LastSeenAt, s.ExpiresAt, s.TokenHash.AsSpan().SequenceEqual(session.TokenHash)))
            .OrderByDescending(s => s.IsThis)];
    }
}
