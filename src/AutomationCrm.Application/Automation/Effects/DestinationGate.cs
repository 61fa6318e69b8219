using System.Collections.Concurrent;

namespace AutomationCrm.Application.Automation.Effects;

/// <summary>
/// Keeps a bad destination from harming the others (invariant I16): a few calls to one destination at a time, and after
/// <see cref="FailuresToClose"/> failures in a row none at all for a while; then one call tries whether it is back. In memory, per node.
/// </summary>
public sealed class DestinationGate(TimeProvider clock)
{
    public const int MostAtOnce = 4;
    public const int FailuresToClose = 5;
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Crowded = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Line> lines = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null: go, and tell <see cref="Leave"/> afterwards. Otherwise how long to wait before asking again.</summary>
    public TimeSpan? Enter(string destination)
    {
        var now = clock.GetUtcNow();
        var line = lines.GetOrAdd(destination, static _ => new());
        lock (line)
        {
            if (line.ClosedUntil > now) return line.ClosedUntil - now;
            // After a pause a single call finds out whether the destination is back.
            if (line.Busy >= (line.Failures >= FailuresToClose ? 1 : MostAtOnce))
            {
                line.TurnedAway = true;
                return Crowded;
            }

            line.Busy++;
            return null;
        }
    }

    /// <summary>Whether the destination takes no calls because of its failures; otherwise it has only as many as it may have.</summary>
    public bool IsClosed(string destination)
    {
        if (!lines.TryGetValue(destination, out var line)) return false;
        lock (line) return line.Failures >= FailuresToClose;
    }

    /// <summary>Takes an <see cref="Enter"/> back that came to no call.</summary>
    public void GiveBack(string destination)
    {
        if (!lines.TryGetValue(destination, out var line)) return;
        lock (line) line.Busy = Math.Max(0, line.Busy - 1);
    }

    /// <param name="alive">Whether there was an answer that makes trying others worthwhile.</param>
    /// <returns>Whether others were turned away in the meantime.</returns>
    public bool Leave(string destination, bool alive)
    {
        if (!lines.TryGetValue(destination, out var line)) return false;
        var turnedAway = false;
        lock (line)
        {
            (turnedAway, line.TurnedAway) = (line.TurnedAway, false);
            line.Busy = Math.Max(0, line.Busy - 1);
            if (alive)
            {
                (line.Failures, line.ClosedUntil) = (0, default);
            }
            else if (++line.Failures >= FailuresToClose)
            {
                var pause = FirstPause * Math.Pow(2, Math.Min(line.Failures - FailuresToClose, 10));
                line.ClosedUntil = clock.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
            }
        }

        if (lines.Count > MostRemembered) Forget();
        return turnedAway;
    }

    private void Forget()
    {
        foreach (var (destination, line) in lines)
        {
            lock (line)
                if (line is { Busy: 0, Failures: < FailuresToClose }) lines.TryRemove(destination, out _);
        }
    }

    private sealed class Line
    {
        public int Busy { get; set; }

        public int Failures { get; set; }

        public bool TurnedAway { get; set; }

        public DateTimeOffset ClosedUntil { get; set; }
    }
}
