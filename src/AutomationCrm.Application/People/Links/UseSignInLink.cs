using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Sessions;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Links;

/// <summary>Opens a session for a one-time link; null when it is unknown, used, too old, or its person may not sign in.</summary>
public sealed record UseSignInLink(string Token, string Agent) : IRequest<NewSession?>;

internal sealed class UseSignInLinkHandler(CrmDbContext db, SessionBook sessions, CurrentSession current, TimeProvider clock) : IRequestHandler<UseSignInLink, NewSession?>
{
    public async Task<NewSession?> Handle(UseSignInLink request, CancellationToken cancellationToken)
    {
        if (request.Token.Length != Secret.Length) return null;

        var (hash, now) = (Secret.HashOf(request.Token), clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // One statement decides who was first when a link is opened twice at once.
        var used = await db.OneTimeLinks.Where(l => l.TokenHash == hash && l.UsedAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellationToken);
        if (used != 1) return null;

        var personId = await db.OneTimeLinks.Where(l => l.TokenHash == hash).Select(l => l.PersonId).SingleAsync(cancellationToken);
        if (!await db.People.AnyAsync(p => p.Id == personId && p.IsActive && !p.IsDemo, cancellationToken)) return null;

        if (current.IsOpen) await sessions.CloseAsync(current.TokenHash, cancellationToken);
        var opened = await sessions.OpenAsync(personId, request.Agent, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return opened;
    }
}
