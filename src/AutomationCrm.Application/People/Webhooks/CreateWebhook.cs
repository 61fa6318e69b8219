using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Sessions;
using FluentValidation;

namespace AutomationCrm.Application.People.Webhooks;

/// <summary>Makes an inbound webhook that acts as oneself within scopes. The URL form is a choice of its own (attack list 4.4).</summary>
public sealed record CreateWebhook(string Name, IReadOnlyList<string> Scopes, bool UrlForm, DateTimeOffset? ExpiresAt) : IRequest<NewWebhook>;

/// <summary>The secret is shown once; only its hash is stored.</summary>
public sealed record NewWebhook(long Id, long PersonId, string Secret)
{
    /// <summary>For the header <c>Authorization: Bearer</c>.</summary>
    public string Token => FormattableString.Invariant($"{PersonId}.{Secret}");
}

internal sealed class CreateWebhookValidator : AbstractValidator<CreateWebhook>
{
    public CreateWebhookValidator(TimeProvider clock)
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Scopes).NotEmpty().Refuses("webhook.scopes", "Choose what the webhook may be used for.");
        RuleForEach(c => c.Scopes).Must(WebhookScopes.IsKnown).Refuses("webhook.scope", "The scope is not known.");
        RuleFor(c => c.ExpiresAt).Must(at => at > clock.GetUtcNow()).When(c => c.ExpiresAt is not null).Refuses("webhook.end", "The end lies in the future.");
    }
}

internal sealed class CreateWebhookHandler(CrmDbContext db, CurrentSession session, TimeProvider clock) : IRequestHandler<CreateWebhook, NewWebhook>
{
    /// <summary>By it scanners for leaked secrets recognise ours.</summary>
    public const string Prefix = "acw_";

    private const int HintLength = 8;

    public async Task<NewWebhook> Handle(CreateWebhook request, CancellationToken cancellationToken)
    {
        var personId = session.RequireSelf("make a webhook");
        session.RequireProof(clock.GetUtcNow());
        var (secret, webhook) = Make(personId, request, clock.GetUtcNow());
        db.Webhooks.Add(webhook);
        await db.SaveChangesAsync(cancellationToken);
        return new(webhook.Id, webhook.PersonId, secret);
    }

    public static (string Secret, Webhook Row) Make(long personId, CreateWebhook request, DateTimeOffset now)
    {
        var secret = Secret.New(Prefix);
        return (secret, new()
        {
            PersonId = personId,
            Name = request.Name.Trim(),
            SecretHash = Secret.HashOf(secret),
            Hint = secret[..HintLength],
            Scopes = [.. request.Scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            UrlForm = request.UrlForm,
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
        });
    }
}
