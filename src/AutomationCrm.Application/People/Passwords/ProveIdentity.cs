using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Passwords;

/// <summary>Proves once more with the password who sits there; dangerous acts are then allowed for a while (A16).</summary>
public sealed record ProveIdentity(string Password) : IRequest<Unit>;

internal sealed class ProveIdentityValidator : AbstractValidator<ProveIdentity>
{
    public ProveIdentityValidator() => RuleFor(c => c.Password).NotEmpty().MaximumLength(PasswordRules.MaxLength);
}

internal sealed class ProveIdentityHandler(CrmDbContext db, CurrentSession session, PasswordGate gate, TimeProvider clock) : IRequestHandler<ProveIdentity, Unit>
{
    public async Task<Unit> Handle(ProveIdentity request, CancellationToken cancellationToken)
    {
        var personId = session.Require("prove who it is");
        var person = await db.People.AsNoTracking().SingleAsync(p => p.Id == personId, cancellationToken);
        if (!await gate.OpensAsync(person, request.Password, cancellationToken))
            throw new RuleBrokenException("password.current", "The current password is wrong, or there were too many attempts.", nameof(request.Password));

        DateTimeOffset? now = clock.GetUtcNow();
        await db.SignInSessions.Where(s => s.TokenHash == session.TokenHash).ExecuteUpdateAsync(set => set.SetProperty(s => s.ProvenAt, now), cancellationToken);
        return Unit.Value;
    }
}
