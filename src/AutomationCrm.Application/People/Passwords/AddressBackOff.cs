using System.Collections.Concurrent;

namespace AutomationCrm.Application.People.Passwords;

/// <summary>Counts failed sign-ins per network address, in memory of this node. Attempts count when they begin, so that a burst in parallel gains nothing.</summary>
internal sealed class AddressBackOff(TimeProvider clock)
{
    private const int MaxAddresses = 10_000;
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <summary>Zero when an attempt may be made now; it is counted. Otherwise how long to wait.</summary>
    public TimeSpan Enter(string address)
    {
        var now = clock.GetUtcNow();
        if (entries.Count > MaxAddresses) Forget(now);
        var entry = entries.GetOrAdd(address, _ => new Entry());
        lock (entry)
        {
            if (now - entry.LastAt > BackOff.Longest) entry.Failures = 0;
            if (entry.LockedUntil > now) return entry.LockedUntil - now;

            entry.Failures++;
            entry.LastAt = now;
            entry.LockedUntil = now + BackOff.After(entry.Failures, BackOff.FreePerAddress);
            return TimeSpan.Zero;
        }
    }

    /// <summary>Takes the count of one attempt back. It does not clear the rest: a guesser may have an account of his own.</summary>
    public void Succeeded(string address)
    {
        if (!entries.TryGetValue(address, out var entry)) return;
        lock (entry)
        {
            entry.Failures = Math.Max(0, entry.Failures - 1);
            entry.LockedUntil = default;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (address, entry) in entries)
            if (now - entry.LastAt > BackOff.Longest) entries.TryRemove(address, out _);
    }

    private sealed class Entry
    {
        public int Failures { get; set; }

        public DateTimeOffset LastAt { get; set; }

        public DateTimeOffset LockedUntil { get; set; }
    }
}
