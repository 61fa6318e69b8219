using System.Net;
using System.Net.Sockets;
using AutomationCrm.Application.Ports;
using AutomationCrm.Infrastructure.Outbound;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Tests.Outbound;

/// <summary>Listens where nobody outside may ever reach, and a door whose names are told by the test.</summary>
public sealed class Canary : IAsyncDisposable
{
    private static readonly IPAddress SomewherePublic = IPAddress.Parse("93.184.216.34");

    private readonly List<TcpListener> listeners = [];
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> accepting = [];
    private int connections;

    public Canary()
    {
        var first = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        Port = ((IPEndPoint)first.LocalEndpoint).Port;
        listeners.Add(first);
        try
        {
            var second = new TcpListener(IPAddress.IPv6Loopback, Port);
            second.Start();
            listeners.Add(second);
        }
        catch (SocketException)
        {
            // A machine without IPv6 has nothing to protect there.
        }

        accepting.AddRange(listeners.Select(AcceptAsync));
    }

    public int Port { get; }

    public int Connections => Volatile.Read(ref connections);

    private static Dictionary<string, IPAddress[]> Names { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["localhost"] = [IPAddress.Loopback],
        ["localhost."] = [IPAddress.Loopback],
        ["127.0.0.1."] = [IPAddress.Loopback],
        ["inner.example"] = [IPAddress.Parse("10.0.0.5")],
        ["metadata.example"] = [IPAddress.Parse("169.254.169.254")],
        ["six.example"] = [IPAddress.IPv6Loopback],
        ["mapped.example"] = [IPAddress.Parse("::ffff:127.0.0.1")],
        ["mixed.example"] = [SomewherePublic, IPAddress.Loopback],
        ["empty.example"] = [],
    };

    /// <summary>A door as open as configuration can make it: plain http, and the canary's port.</summary>
    internal OutboundHttp Door(Uri? allowed = null)
    {
        var options = Options.Create(new OutboundOptions { AllowHttp = true, Ports = $"{Port},80,443" });
        var list = new OutboundAllowList(options);
        if (allowed is not null) list.Allow(allowed);
        return new(options, list, new() { Resolve = ResolveAsync });
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listeners.ForEach(l => l.Stop());
        await Task.WhenAll(accepting);
        listeners.ForEach(l => l.Dispose());
        stop.Dispose();
    }

    internal static async Task<OutboundException> RefusedAsync(OutboundHttp door, OutboundRequest request) =>
        await Assert.ThrowsAsync<OutboundException>(() => door.SendAsync(request, CancellationToken.None));

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct) =>
        Names.TryGetValue(host, out var addresses) ? Task.FromResult(addresses) : throw new SocketException((int)SocketError.HostNotFound);

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptSocketAsync(stop.Token);
                Interlocked.Increment(ref connections);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
