using System.Collections.Concurrent;
using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.WebForms;

/// <summary>How often one network address may send public forms, in memory of this node.</summary>
internal sealed class FormGate(TimeProvider clock)
{
    public const int MostInWindow = 10;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private const int MaxAddresses = 10_000;

    private readonly ConcurrentDictionary<string, Queue<DateTimeOffset>> sent = new(StringComparer.Ordinal);

    /// <summary>Counts the attempt; throws when there were too many.</summary>
    public void Enter(string address)
    {
        var now = clock.GetUtcNow();
        if (sent.Count > MaxAddresses) Forget(now);
        var times = sent.GetOrAdd(address, _ => new());
        lock (times)
        {
            while (times.TryPeek(out var first) && now - first > Window) times.Dequeue();
            if (times.Count >= MostInWindow) throw new RuleBrokenException("form.often", "Too many forms were sent from this address. Try again later.", "address");
            times.Enqueue(now);
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (address, times) in sent)
        {
            lock (times)
            {
                if (times.Count == 0 || now - times.Last() > Window) sent.TryRemove(address, out _);
            }
        }
    }
}
