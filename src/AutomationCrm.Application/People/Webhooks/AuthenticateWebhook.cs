using System.Security.Cryptography;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Webhooks;

/// <summary>Finds the webhook of a person by its secret; null when there is none, it ended or was revoked, or its owner is inactive.</summary>
/// <param name="InUrl">Whether the secret stood in the URL: only webhooks made for it are accepted there.</param>
public sealed record AuthenticateWebhook(long PersonId, string Secret, bool InUrl) : IRequest<WebhookGrant?>;

public sealed record WebhookGrant(long WebhookId, long PersonId, bool IsAdmin, bool UrlForm, IReadOnlySet<string> Scopes, DateTimeOffset? ExpiresAt);

internal sealed class AuthenticateWebhookHandler(CrmDbContext db, WebhookCache cache, TimeProvider clock) : IRequestHandler<AuthenticateWebhook, WebhookGrant?>
{
    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(1);

    public async Task<WebhookGrant?> Handle(AuthenticateWebhook request, CancellationToken cancellationToken)
    {
        if (request.Secret.Length != CreateWebhookHandler.Prefix.Length + Secret.Length) return null;

        var (hash, now) = (Secret.HashOf(request.Secret), clock.GetUtcNow());
        var grant = cache.Find(request.PersonId, hash) ?? await ReadAsync(request.PersonId, hash, now, cancellationToken);
        return grant is null || grant.ExpiresAt <= now || (request.InUrl && !grant.UrlForm) ? null : grant;
    }

    private async Task<WebhookGrant?> ReadAsync(long personId, byte[] hash, DateTimeOffset now, CancellationToken ct)
    {
        var generation = cache.Generation;
        var candidates = await (
            from webhook in db.Webhooks.AsNoTracking()
            join person in db.People.AsNoTracking() on webhook.PersonId equals person.Id
            where webhook.PersonId == personId && person.IsActive && webhook.RevokedAt == null && (webhook.ExpiresAt == null || webhook.ExpiresAt > now)
            select new { webhook, person.IsAdmin }).ToListAsync(ct);

        var found = candidates.Find(c => CryptographicOperations.FixedTimeEquals(c.webhook.SecretHash, hash));
        if (found is null) return null;

        if (found.webhook.LastUsedAt is not { } last || now - last >= UsedEvery)
            await db.Webhooks.Where(w => w.Id == found.webhook.Id).ExecuteUpdateAsync(set => set.SetProperty(w => w.LastUsedAt, now), ct);
        var grant = new WebhookGrant(found.webhook.Id, personId, found.IsAdmin, found.webhook.UrlForm, found.webhook.Scopes.ToHashSet(StringComparer.Ordinal), found.webhook.ExpiresAt);
        cache.Keep(personId, hash, grant, generation);
        return grant;
    }
}
