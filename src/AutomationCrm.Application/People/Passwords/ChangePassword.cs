using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.People;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Passwords;

/// <summary>
/// Sets one's own password, proving with the current one who it is. Somebody without a password proves it with a sign-in by link of the last minutes.
/// Ends every session of the person, opens a new one for this browser and makes waiting links worthless.
/// </summary>
public sealed record ChangePassword(string? Current, string New, string Agent) : IRequest<NewSession>;

internal sealed class ChangePasswordValidator : AbstractValidator<ChangePassword>
{
    public ChangePasswordValidator()
    {
        RuleFor(c => c.Current).MaximumLength(PasswordRules.MaxLength);
        RuleFor(c => c.New).NotEmpty();
    }
}

internal sealed class ChangePasswordHandler(CrmDbContext db, CurrentSession session, PasswordGate gate, IPasswordHasher hasher, SessionBook sessions, TimeProvider clock)
    : IRequestHandler<ChangePassword, NewSession>
{
    public async Task<NewSession> Handle(ChangePassword request, CancellationToken cancellationToken)
    {
        var personId = session.RequireSelf("change the password");
        var person = await db.People.AsNoTracking().SingleAsync(p => p.Id == personId, cancellationToken);
        PasswordRules.Require(request.New, person.Login, nameof(request.New));
        await ProveAsync(person, request.Current, cancellationToken);

        var hash = await hasher.HashAsync(request.New, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.People.Where(p => p.Id == personId).ExecuteUpdateAsync(set => set.SetProperty(p => p.PasswordHash, hash), cancellationToken);
        await db.OneTimeLinks.Where(l => l.PersonId == personId && l.UsedAt == null).ExecuteDeleteAsync(cancellationToken);
        await sessions.CloseAllAsync(personId, cancellationToken);
        var opened = await sessions.OpenAsync(personId, request.Agent, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return opened;
    }

    private async Task ProveAsync(Person person, string? current, CancellationToken ct)
    {
        if (person.PasswordHash is null)
        {
            if (clock.GetUtcNow() - session.CreatedAt > SessionRules.Fresh)
                throw new RuleBrokenException("password.stale", "Sign in with a new link first: this sign-in is too old to set a password.", nameof(ChangePassword.Current));
            return;
        }

        if (!await gate.OpensAsync(person, current ?? "", ct))
            throw new RuleBrokenException("password.current", "The current password is wrong, or there were too many attempts.", nameof(ChangePassword.Current));
    }
}
