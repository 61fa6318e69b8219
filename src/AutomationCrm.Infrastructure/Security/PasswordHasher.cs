using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Domain.Common;

namespace AutomationCrm.Infrastructure.Security;

/// <summary>PBKDF2 on two slots: a hash takes some tenths of a second of a core, so sign-ins queue up here instead of starving everything else (A16).</summary>
internal sealed class PasswordHasher : IPasswordHasher, IDisposable
{
    /// <summary>OWASP's figure for PBKDF2 with HMAC-SHA-512.</summary>
    public const int DefaultRounds = 210_000;

    private const int Slots = 2;
    private const int MaxWaiting = 64;
    private readonly SemaphoreSlim slots = new(Slots, Slots);
    private readonly int rounds;

    // Nobody knows its password: comparing with it costs what comparing with a real one costs.
    private readonly PasswordHash decoy;
    private int waiting;
    private int derivations;

    public PasswordHasher()
        : this(DefaultRounds)
    {
    }

    public PasswordHasher(int rounds)
    {
        this.rounds = rounds;
        decoy = PasswordHash.Of(Application.People.Secret.New(), rounds);
    }

    /// <summary>How many hashes were computed; tests see by it that every refusal did the same work.</summary>
    public int Derivations => Volatile.Read(ref derivations);

    public Task<string> HashAsync(string password, CancellationToken ct) => InSlotAsync(() => PasswordHash.Of(password, rounds).ToString(), ct);

    public async Task<PasswordCheck> VerifyAsync(string? stored, string password, CancellationToken ct)
    {
        var known = PasswordHash.Parse(stored);
        var opens = await InSlotAsync(() => (known ?? decoy).Opens(password), ct);
        if (!opens || known is null) return PasswordCheck.Wrong;
        return known.Rounds < rounds ? PasswordCheck.RightButOld : PasswordCheck.Right;
    }

    public void Dispose() => slots.Dispose();

    private async Task<T> InSlotAsync<T>(Func<T> work, CancellationToken ct)
    {
        if (Interlocked.Increment(ref waiting) > MaxWaiting + Slots)
        {
            Interlocked.Decrement(ref waiting);
            throw new RuleBrokenException("signin.busy", "Too many people sign in at this moment. Try again in a few seconds.");
        }

        try
        {
            await slots.WaitAsync(ct);
            try
            {
                Interlocked.Increment(ref derivations);
                return await Task.Run(work, CancellationToken.None);
            }
            finally
            {
                slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
