using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Sessions;

/// <summary>A session that was just opened. The token is known only here and in the browser's cookie.</summary>
public sealed record NewSession(string Token, long PersonId, DateTimeOffset ExpiresAt);

/// <summary>Opens and closes sessions.</summary>
internal sealed class SessionBook(CrmDbContext db, TimeProvider clock)
{
    public Task<NewSession> OpenAsync(long personId, string agent, CancellationToken ct) => OpenAsync(personId, agent, awaitsCode: false, ct);

    /// <param name="awaitsCode">Opens nothing yet: the browser has minutes to bring the code of the second factor.</param>
    public async Task<NewSession> OpenAsync(long personId, string agent, bool awaitsCode, CancellationToken ct)
    {
        var (token, now) = (Secret.New(), clock.GetUtcNow());
        await db.SignInSessions.Where(s => s.PersonId == personId && s.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        var session = new SignInSession
        {
            TokenHash = Secret.HashOf(token),
            PersonId = personId,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = awaitsCode ? now + SessionRules.Code : SessionRules.Expiry(now, now),
            AwaitsCode = awaitsCode,
            Agent = agent.Length > SessionRules.AgentLength ? agent[..SessionRules.AgentLength] : agent,
        };
        db.SignInSessions.Add(session);
        await db.SaveChangesAsync(ct);
        return new(token, personId, session.ExpiresAt);
    }

    public Task CloseAsync(byte[] tokenHash, CancellationToken ct) => db.SignInSessions.Where(s => s.TokenHash == tokenHash).ExecuteDeleteAsync(ct);

    public Task CloseAllAsync(long personId, CancellationToken ct) => db.SignInSessions.Where(s => s.PersonId == personId).ExecuteDeleteAsync(ct);
}
