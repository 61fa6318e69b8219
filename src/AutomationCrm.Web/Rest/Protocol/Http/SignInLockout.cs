using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AutomationCrm.Web.Rest.Protocol.Methods;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Web.Rest.Protocol.Http;

/// <summary>Counts failed sign-ins per address and minute; a locked address is refused without a look at its secret (A17).</summary>
internal sealed class SignInLockout(TimeProvider clock, IOptions<RestOptions> options)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Failures> _failures = new();

    public bool IsLocked(IPAddress? address) =>
        _failures.TryGetValue(Key(address), out var failures) && failures.CountSince(clock.GetUtcNow() - Window) >= options.Value.FailedSignInsPerMinute;

    public void Failed(IPAddress? address)
    {
        if (_failures.Count > 10_000) Forget();
        _failures.GetOrAdd(Key(address), _ => new Failures()).Add(clock.GetUtcNow(), options.Value.FailedSignInsPerMinute);
    }

    // One IPv6 customer owns a whole /64.
    private static string Key(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private void Forget()
    {
        foreach (var (key, failures) in _failures)
        {
            if (failures.CountSince(clock.GetUtcNow() - Window) == 0) _failures.TryRemove(key, out _);
        }
    }

    private sealed class Failures
    {
        private readonly Lock _lock = new();
        private readonly Queue<DateTimeOffset> _times = new();

        public void Add(DateTimeOffset now, int keep)
        {
            lock (_lock)
            {
                _times.Enqueue(now);
                while (_times.Count > keep) _times.Dequeue();
            }
        }

        public int CountSince(DateTimeOffset since)
        {
            lock (_lock)
            {
                while (_times.TryPeek(out var oldest) && oldest <= since) _times.Dequeue();
                return _times.Count;
            }
        }
    }
}
