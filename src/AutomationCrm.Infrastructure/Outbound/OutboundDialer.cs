using System.Net;
using System.Net.Sockets;
using AutomationCrm.Application.Ports;

namespace AutomationCrm.Infrastructure.Outbound;

/// <summary>Resolves a name, checks every address it answers with, and dials one of just these: a second answer never comes into play (rebinding).</summary>
internal sealed class OutboundDialer(OutboundAllowList allowed, OutboundNetwork network)
{
    private static readonly TimeSpan OneAddress = TimeSpan.FromSeconds(5);

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await ResolveAsync(host, ct);
        if (!allowed.Covers(context.InitialRequestMessage.RequestUri!) && addresses.Any(a => !PublicAddress.Is(a)))
            throw new OutboundException("outbound.address", $"{host} is an address of this machine or of an inner network; calls go to the public Internet only.", retryable: false);

        return await DialAsync(host, addresses, port, ct);
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken ct)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal)) return [literal];

        try
        {
            if (await network.Resolve(host, ct) is { Length: > 0 } addresses) return addresses;
        }
        catch (SocketException failure)
        {
            throw NoSuchName(host, failure);
        }
        catch (ArgumentException failure)
        {
            throw NoSuchName(host, failure);
        }

        throw NoSuchName(host, null);
    }

    private async Task<Stream> DialAsync(string host, IPAddress[] addresses, int port, CancellationToken ct)
    {
        Exception? last = null;
        foreach (var address in addresses)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(OneAddress);
            try
            {
                return await network.Dial(new(address, port), limit.Token);
            }
            catch (Exception failure) when (failure is SocketException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
            {
                last = failure;
            }
        }

        throw new OutboundException("outbound.connect", $"{host} did not take the connection.", retryable: true, last);
    }

    private static OutboundException NoSuchName(string host, Exception? inner) => new("outbound.name", $"The name {host} could not be resolved.", retryable: true, inner);
}
