using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AutomationCrm.Testing;

/// <summary>Listens on a free loopback port and serves every connection side by side until it is disposed; a client that goes away is no failure.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<Task> sessions = [];
    private readonly Func<NetworkStream, CancellationToken, Task> serve;
    private readonly Task accepting;

    public LoopbackServer(Func<NetworkStream, CancellationToken, Task> serve)
    {
        this.serve = serve;
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(sessions);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                sessions.Add(ServeAsync(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var own = client;
        try
        {
            await using var stream = client.GetStream();
            await serve(stream, stop.Token);
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or SocketException)
        {
            // The client has gone.
        }
    }
}
