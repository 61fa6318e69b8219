using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Links;

/// <summary>Makes a link that signs a person in once, within 24 hours. An earlier unused link of the person ends. Administrators only.</summary>
public sealed record CreateSignInLink(long PersonId) : IRequest<NewLink>;

/// <summary>The token is shown once; only its hash is stored.</summary>
public sealed record NewLink(string Token, DateTimeOffset ExpiresAt);

internal sealed class CreateSignInLinkValidator : AbstractValidator<CreateSignInLink>
{
    public CreateSignInLinkValidator() => RuleFor(c => c.PersonId).GreaterThan(0);
}

internal sealed class CreateSignInLinkHandler(CrmDbContext db, IAccess access, Caller caller, CurrentSession session, TimeProvider clock) : IRequestHandler<CreateSignInLink, NewLink>
{
    public async Task<NewLink> Handle(CreateSignInLink request, CancellationToken cancellationToken)
    {
        access.RequireAdministrator(caller, "make sign-in links");
        session.RequireProof(clock.GetUtcNow());
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.PersonId, cancellationToken)
            ?? throw new NotFoundException("Person", $"{request.PersonId}");
        if (!person.IsActive || person.IsDemo) throw new RuleBrokenException("link.person", "Demo people and deactivated people cannot sign in.", nameof(request.PersonId));

        await db.OneTimeLinks.Where(l => l.PersonId == person.Id && l.UsedAt == null).ExecuteDeleteAsync(cancellationToken);
        var (token, link) = Make(person.Id, clock.GetUtcNow());
        db.OneTimeLinks.Add(link);
        await db.SaveChangesAsync(cancellationToken);
        return new(token, link.ExpiresAt);
    }

    public static (string Token, OneTimeLink Link) Make(long personId, DateTimeOffset now)
    {
        var token = Secret.New();
        return (token, new() { TokenHash = Secret.HashOf(token), PersonId = personId, CreatedAt = now, ExpiresAt = now + SessionRules.Link });
    }
}
