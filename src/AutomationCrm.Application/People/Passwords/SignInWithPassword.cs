using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Sessions;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Passwords;

/// <summary>Opens a session for a login and a password. Every refusal looks the same, whether the login exists, is locked or has another password.</summary>
/// <param name="Address">The network address it comes from, for the back-off per address.</param>
public sealed record SignInWithPassword(string Login, string Password, string Address, string Agent) : IRequest<SignInAnswer>;

/// <param name="Session">Null when refused.</param>
/// <param name="RetryAfter">How long this address has to wait; zero when it may try again.</param>
public sealed record SignInAnswer(NewSession? Session, TimeSpan RetryAfter)
{
    /// <summary>The session is half open: it waits for a code of the second factor.</summary>
    public bool NeedsCode { get; init; }

    /// <summary>The half-open session is over; sign in with the password again.</summary>
    public bool IsOver { get; init; }
}

internal sealed class SignInWithPasswordValidator : AbstractValidator<SignInWithPassword>
{
    public SignInWithPasswordValidator()
    {
        RuleFor(c => c.Login).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Password).NotEmpty().MaximumLength(PasswordRules.MaxLength);
    }
}

internal sealed class SignInWithPasswordHandler(CrmDbContext db, PasswordGate gate, SecondFactors.SecondFactorGate second, AddressBackOff addresses, SessionBook sessions, CurrentSession current)
    : IRequestHandler<SignInWithPassword, SignInAnswer>
{
    public async Task<SignInAnswer> Handle(SignInWithPassword request, CancellationToken cancellationToken)
    {
        var wait = addresses.Enter(request.Address);
        if (wait > TimeSpan.Zero) return new(null, wait);

        var person = await db.People.AsNoTracking().WithLogin(request.Login).SingleOrDefaultAsync(p => !p.IsDemo, cancellationToken);
        if (!await gate.OpensAsync(person, request.Password, cancellationToken)) return new(null, TimeSpan.Zero);

        addresses.Succeeded(request.Address);
        if (current.IsOpen) await sessions.CloseAsync(current.TokenHash, cancellationToken);
        var needsCode = await second.IsOnAsync(person!.Id, cancellationToken);
        return new(await sessions.OpenAsync(person.Id, request.Agent, needsCode, cancellationToken), TimeSpan.Zero) { NeedsCode = needsCode };
    }
}
