using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Validation;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Links;
using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Application.People.Webhooks;
using AutomationCrm.Domain.People;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Setup;

/// <summary>
/// In a portal nobody can sign in to: makes the administrator with a random password, a one-time link and a webhook with all scopes.
/// Answers null when there is somebody already. The plain values exist in the answer only.
/// </summary>
public sealed record FirstRun : IRequest<FirstRunSecrets?>
{
    public string Login { get; init; } = "admin";

    public string Language { get; init; } = "en";

    public string TimeZone { get; init; } = "UTC";

    /// <summary>Keeps the secrets before they are made valid: a crash in between leaves worthless secrets, never a portal without a key.</summary>
    public Func<FirstRunSecrets, CancellationToken, Task>? Keep { get; init; }
}

public sealed record FirstRunSecrets(long PersonId, string Login, string Password, string LinkToken, DateTimeOffset LinkExpiresAt, string WebhookSecret);

internal sealed class FirstRunValidator : AbstractValidator<FirstRun>
{
    public FirstRunValidator()
    {
        RuleFor(c => c.Login).NotEmpty().MaximumLength(100);
        RuleFor(c => c.Language).Must(Languages.IsKnown).Refuses("language.unknown", "The language is not known.");
        RuleFor(c => c.TimeZone).Must(TimeZones.IsKnown).Refuses("time_zone.not_known", "The time zone is not known.");
    }
}

internal sealed class FirstRunHandler(CrmDbContext db, IPasswordHasher hasher, Caller caller, TimeProvider clock) : IRequestHandler<FirstRun, FirstRunSecrets?>
{
    public async Task<FirstRunSecrets?> Handle(FirstRun request, CancellationToken cancellationToken)
    {
        if (!caller.IsSystem) throw new AccessDeniedException("set the portal up");
        if (await IsInhabitedAsync(cancellationToken)) return null;

        var password = Secret.New();
        var hash = await hasher.HashAsync(password, cancellationToken);
        await using var transaction = await db.BeginConfigurationAsync(cancellationToken);

        // Two nodes may start at once on an empty database; the lock lets one of them be first.
        if (await IsInhabitedAsync(cancellationToken)) return null;

        var now = clock.GetUtcNow();
        var person = new Person { Login = request.Login, Name = "Administrator", IsAdmin = true, Language = request.Language, TimeZone = request.TimeZone, PasswordHash = hash, CreatedAt = now };
        db.People.Add(person);
        await db.SaveChangesAsync(cancellationToken);
        var (token, link) = CreateSignInLinkHandler.Make(person.Id, now);
        var (secret, webhook) = CreateWebhookHandler.Make(person.Id, new("First run", WebhookScopes.All, UrlForm: true, ExpiresAt: null), now);
        db.OneTimeLinks.Add(link);
        db.Webhooks.Add(webhook);
        await db.SaveChangesAsync(cancellationToken);

        var secrets = new FirstRunSecrets(person.Id, request.Login, password, token, link.ExpiresAt, secret);
        if (request.Keep is { } keep) await keep(secrets, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return secrets;
    }

    private Task<bool> IsInhabitedAsync(CancellationToken ct) => db.People.AnyAsync(p => !p.IsDemo && p.Login != null, ct);
}
