using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Sessions;

/// <summary>The session of a cookie's token; null when it is unknown, ended, or its person may no longer sign in. Slides the expiry on.</summary>
public sealed record FindSession(string Token) : IRequest<SessionView?>;

/// <param name="SignedIn">Who signed in.</param>
/// <param name="ViewAs">The demo person through whose eyes he looks.</param>
public sealed record SessionView(byte[] TokenHash, SessionPerson SignedIn, SessionPerson? ViewAs, DateTimeOffset CreatedAt)
{
    /// <summary>When the person last proved who it is; null is the sign-in itself.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>Whose rights count.</summary>
    public SessionPerson Acting => ViewAs ?? SignedIn;
}

public sealed record SessionPerson(long Id, string Name, string Position, bool IsAdmin, string Language, string TimeZone, string Theme);

internal sealed class FindSessionHandler(CrmDbContext db, TimeProvider clock) : IRequestHandler<FindSession, SessionView?>
{
    public async Task<SessionView?> Handle(FindSession request, CancellationToken cancellationToken)
    {
        if (request.Token.Length != Secret.Length) return null;

        var (hash, now) = (Secret.HashOf(request.Token), clock.GetUtcNow());
        var found = await (
            from session in db.SignInSessions.AsNoTracking()
            join person in db.People.AsNoTracking() on session.PersonId equals person.Id
            join other in db.People.AsNoTracking() on session.ViewAsId equals (long?)other.Id into others
            from eyes in others.DefaultIfEmpty()
            where session.TokenHash == hash && !session.AwaitsCode
            select new { session, person, eyes }).SingleOrDefaultAsync(cancellationToken);
        if (found is null || !found.person.IsActive || found.session.ExpiresAt <= now) return null;

        if (now - found.session.LastSeenAt >= SessionRules.SeenEvery) await SlideAsync(found.session, now, cancellationToken);
        var viewAs = found.person.IsAdmin && found.eyes is { IsDemo: true, IsActive: true } ? Of(found.eyes) : null;
        return new(hash, Of(found.person), viewAs, found.session.CreatedAt) { ProvenAt = found.session.ProvenAt };
    }

    private Task SlideAsync(SignInSession session, DateTimeOffset now, CancellationToken ct)
    {
        var expiry = SessionRules.Expiry(session.CreatedAt, now);
        return db.SignInSessions.Where(s => s.TokenHash == session.TokenHash)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now).SetProperty(s => s.ExpiresAt, expiry), ct);
    }

    private static SessionPerson Of(Person person) =>
        new(person.Id, person.FullName, person.Position, person.IsAdmin, person.Language, person.TimeZone, person.Theme);
}
