using System.Collections.Concurrent;

namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>Seconds each method ran for each webhook in the last ten minutes, in one-minute buckets. Clients throttle by it.</summary>
internal sealed class OperatingMeter(TimeProvider clock)
{
    private const int Buckets = 10;
    private readonly ConcurrentDictionary<(long Webhook, string Method), Window> _windows = new();

    public Reading Add(long webhookId, string method, TimeSpan took) =>
        _windows.GetOrAdd((webhookId, method), _ => new Window()).Add(Minute(), took.TotalSeconds);

    public Reading Read(long webhookId, string method) =>
        _windows.TryGetValue((webhookId, method), out var window) ? window.Add(Minute(), 0) : Idle();

    public Reading Idle() => new(0, ResetOf(Minute()));

    private static DateTimeOffset ResetOf(long minute) => DateTimeOffset.FromUnixTimeSeconds((minute + Buckets) * 60);

    private long Minute() => clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    /// <summary>The sum in seconds and when its oldest part leaves the window.</summary>
    public readonly record struct Reading(double Seconds, DateTimeOffset ResetAt);

    private sealed class Window
    {
        private readonly Lock _lock = new();
        private readonly (long Minute, double Seconds)[] _buckets = new (long, double)[Buckets];

        public Reading Add(long minute, double seconds)
        {
            lock (_lock)
            {
                ref var bucket = ref _buckets[minute % Buckets];
                bucket = bucket.Minute == minute ? (minute, bucket.Seconds + seconds) : (minute, seconds);
                return Sum(minute);
            }
        }

        private Reading Sum(long minute)
        {
            var oldest = minute;
            var sum = 0d;
            foreach (var bucket in _buckets)
            {
                if (bucket.Minute <= minute - Buckets || bucket.Seconds <= 0) continue;
                oldest = Math.Min(oldest, bucket.Minute);
                sum += bucket.Seconds;
            }

            return new Reading(sum, ResetOf(oldest));
        }
    }
}
