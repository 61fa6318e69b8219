using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>Leaky bucket per webhook and address; off unless configured (section 1.8 of the protocol).</summary>
internal sealed class RateLimiter(TimeProvider clock, IOptions<RestOptions> options)
{
    private readonly ConcurrentDictionary<(long Webhook, string Address), Bucket> _buckets = new();

    public bool IsOn => options.Value.RateBurst > 0;

    public bool CountsCommands => options.Value.RateCountsCommands;

    /// <summary>Whether the cost fits; it is then taken.</summary>
    public bool TryTake(long webhookId, string address, int cost)
    {
        if (!IsOn) return true;
        if (_buckets.Count > 10_000) Forget();
        return _buckets.GetOrAdd((webhookId, address), _ => new Bucket()).TryTake(clock.GetUtcNow(), cost, options.Value);
    }

    private void Forget()
    {
        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.IsEmptyAt(clock.GetUtcNow(), options.Value)) _buckets.TryRemove(key, out _);
        }
    }

    private sealed class Bucket
    {
        private readonly Lock _lock = new();
        private double _level;
        private DateTimeOffset _at;

        public bool TryTake(DateTimeOffset now, int cost, RestOptions options)
        {
            lock (_lock)
            {
                Leak(now, options);
                if (_level + cost > options.RateBurst) return false;
                _level += cost;
                return true;
            }
        }

        public bool IsEmptyAt(DateTimeOffset now, RestOptions options)
        {
            lock (_lock)
            {
                Leak(now, options);
                return _level <= 0;
            }
        }

        private void Leak(DateTimeOffset now, RestOptions options)
        {
            _level = Math.Max(0, _level - ((now - _at).TotalSeconds * options.RatePerSecond));
            _at = now;
        }
    }
}
