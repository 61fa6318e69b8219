using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Application.People.Sessions;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.SecondFactors;

/// <summary>Turns a half-open session into a whole one, with a code of the authenticator or a recovery code.</summary>
/// <param name="Token">Of the half-open session.</param>
/// <param name="Address">The network address it comes from, for the back-off per address.</param>
public sealed record SignInWithCode(string Token, string Code, string Address, string Agent) : IRequest<SignInAnswer>;

internal sealed class SignInWithCodeValidator : AbstractValidator<SignInWithCode>
{
    public SignInWithCodeValidator() => RuleFor(c => c.Code).NotEmpty().MaximumLength(40);
}

internal sealed class SignInWithCodeHandler(CrmDbContext db, SecondFactorGate gate, AddressBackOff addresses, SessionBook sessions, TimeProvider clock) : IRequestHandler<SignInWithCode, SignInAnswer>
{
    public async Task<SignInAnswer> Handle(SignInWithCode request, CancellationToken cancellationToken)
    {
        var wait = addresses.Enter(request.Address);
        if (wait > TimeSpan.Zero) return new(null, wait);

        var (hash, now) = (Secret.HashOf(request.Token), clock.GetUtcNow());
        var half = await db.SignInSessions.AsNoTracking().SingleOrDefaultAsync(s => s.TokenHash == hash && s.AwaitsCode && s.ExpiresAt > now, cancellationToken);
        if (half is null || !await db.People.AnyAsync(p => p.Id == half.PersonId && p.IsActive, cancellationToken)) return new(null, TimeSpan.Zero) { IsOver = true };
        if (!await gate.OpensAsync(half.PersonId, request.Code, cancellationToken)) return new(null, TimeSpan.Zero);

        addresses.Succeeded(request.Address);
        await sessions.CloseAsync(hash, cancellationToken);
        return new(await sessions.OpenAsync(half.PersonId, request.Agent, cancellationToken), TimeSpan.Zero);
    }
}
