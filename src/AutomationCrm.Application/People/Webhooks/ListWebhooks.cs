using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Webhooks;

/// <summary>Webhooks, newest first: one's own, for administrators everybody's.</summary>
public sealed record ListWebhooks : IRequest<IReadOnlyList<WebhookRow>>;

/// <param name="Hint">The first characters of the secret.</param>
public sealed record WebhookRow(
    long Id, long PersonId, string Owner, string Name, string Hint, IReadOnlyList<string> Scopes, bool UrlForm, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    public bool IsLive(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}

internal sealed class ListWebhooksHandler(CrmDbContext db, Caller caller) : IRequestHandler<ListWebhooks, IReadOnlyList<WebhookRow>>
{
    public async Task<IReadOnlyList<WebhookRow>> Handle(ListWebhooks request, CancellationToken cancellationToken)
    {
        if (caller.PersonId < 0) throw new AccessDeniedException("see webhooks");
        var (everybody, me) = (caller.IsAdmin, caller.PersonId);
        var rows = await (
            from webhook in db.Webhooks.AsNoTracking()
            join person in db.People.AsNoTracking() on webhook.PersonId equals person.Id
            where everybody || webhook.PersonId == me
            orderby webhook.Id descending
            select new { webhook, person }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new WebhookRow(
            r.webhook.Id, r.person.Id, r.person.FullName, r.webhook.Name, r.webhook.Hint, r.webhook.Scopes, r.webhook.UrlForm, r.webhook.CreatedAt, r.webhook.LastUsedAt, r.webhook.ExpiresAt, r.webhook.RevokedAt))];
    }
}
