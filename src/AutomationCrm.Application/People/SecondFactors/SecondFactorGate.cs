using AutomationCrm.Application.Data;
using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Application.Ports;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.People.SecondFactors;

/// <summary>Takes a code of the authenticator or a recovery code, each once. Failures count per account before the code is looked at.</summary>
internal sealed class SecondFactorGate(CrmDbContext db, ISecretBox box, TimeProvider clock)
{
    public const string Purpose = "second-factor";
    private const int CodeDigits = 6;

    public Task<bool> IsOnAsync(long personId, CancellationToken ct) => db.SecondFactors.AnyAsync(f => f.PersonId == personId && f.ConfirmedAt != null, ct);

    public async Task<bool> OpensAsync(long personId, string typed, CancellationToken ct)
    {
        var code = Plain(typed);
        if (await db.SecondFactors.AsNoTracking().SingleOrDefaultAsync(f => f.PersonId == personId, ct) is not { } factor || !await CountAsync(factor, ct)) return false;

        var opens = code.Length == CodeDigits ? await TakeAsync(factor, code, ct) : factor.ConfirmedAt is not null && await TakeRecoveryAsync(personId, code, ct);
        if (opens) await db.SecondFactors.Where(f => f.PersonId == personId).ExecuteUpdateAsync(set => set.SetProperty(f => f.Failures, 0).SetProperty(f => f.LockedUntil, (DateTimeOffset?)null), ct);
        return opens;
    }

    /// <summary>As people write them down: capital letters, no spaces and dashes.</summary>
    public static string Plain(string typed) => string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private async Task<bool> TakeAsync(SecondFactor factor, string code, CancellationToken ct)
    {
        if (Totp.Match(Convert.FromBase64String(box.Open(Purpose, factor.Secret)), code, clock.GetUtcNow(), factor.LastStep) is not { } step) return false;

        // Of two requests with the same code one is first.
        return await db.SecondFactors.Where(f => f.PersonId == factor.PersonId && f.LastStep < step).ExecuteUpdateAsync(set => set.SetProperty(f => f.LastStep, step), ct) == 1;
    }

    private async Task<bool> TakeRecoveryAsync(long personId, string code, CancellationToken ct)
    {
        var (hash, now) = (Secret.HashOf(code), clock.GetUtcNow());
        return await db.RecoveryCodes.Where(c => c.PersonId == personId && c.CodeHash == hash && c.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), ct) == 1;
    }

    private async Task<bool> CountAsync(SecondFactor factor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (factor.LockedUntil > now) return false;

        var failures = factor.Failures + 1;
        var wait = BackOff.After(failures, BackOff.FreePerAccount);
        DateTimeOffset? lockedUntil = wait > TimeSpan.Zero ? now + wait : null;
        return await db.SecondFactors.Where(f => f.PersonId == factor.PersonId && f.Failures == factor.Failures)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.Failures, failures).SetProperty(f => f.LockedUntil, lockedUntil), ct) == 1;
    }
}
