using AutomationCrm.Application.Data;
using AutomationCrm.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.Passwords;

/// <summary>
/// Compares a password, counting failures per account. The attempt is counted before the work, so that guesses in parallel are no way
/// around the waiting time; unknown, locked and inactive people cost the same work as known ones (A16).
/// </summary>
internal sealed class PasswordGate(CrmDbContext db, IPasswordHasher hasher, TimeProvider clock)
{
    private const int Tries = 3;

    public async Task<bool> OpensAsync(Person? person, string password, CancellationToken ct)
    {
        var candidate = person is { IsActive: true, PasswordHash: not null } && await CountAsync(person.Id, ct) ? person : null;
        var check = await hasher.VerifyAsync(candidate?.PasswordHash, password, ct);
        if (candidate is null || check == PasswordCheck.Wrong) return false;

        var renewed = check == PasswordCheck.RightButOld ? await hasher.HashAsync(password, ct) : candidate.PasswordHash;
        await db.People.Where(p => p.Id == candidate.Id && p.PasswordHash == candidate.PasswordHash).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.FailedLogins, 0).SetProperty(p => p.LockedUntil, (DateTimeOffset?)null).SetProperty(p => p.PasswordHash, renewed),
            ct);
        return true;
    }

    private async Task<bool> CountAsync(long personId, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var now = clock.GetUtcNow();
            var state = await db.People.Where(p => p.Id == personId).Select(p => new { p.FailedLogins, p.LockedUntil }).SingleAsync(ct);
            if (state.LockedUntil > now) return false;

            var failures = state.FailedLogins + 1;
            var wait = BackOff.After(failures, BackOff.FreePerAccount);
            DateTimeOffset? lockedUntil = wait > TimeSpan.Zero ? now + wait : null;
            var counted = await db.People.Where(p => p.Id == personId && p.FailedLogins == state.FailedLogins)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.FailedLogins, failures).SetProperty(p => p.LockedUntil, lockedUntil), ct);
            if (counted == 1) return true;
        }

        // Others guess at the same account at this very moment.
        return false;
    }
}
