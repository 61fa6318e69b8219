using System.Net;
using System.Net.Sockets;

namespace AutomationCrm.Infrastructure.Tests.Outbound;

/// <summary>A peer without manners: reads a request's head and then does what the test says with the bare stream.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    private RawServer(Func<Stream, CancellationToken, Task> answer)
    {
        listener.Start();
        serving = ServeAsync(answer);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public static RawServer Start(Func<Stream, CancellationToken, Task> answer) => new(answer);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync(Func<Stream, CancellationToken, Task> answer)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await OneAsync(client.GetStream(), answer);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task OneAsync(NetworkStream stream, Func<Stream, CancellationToken, Task> answer)
    {
        try
        {
            var buffer = new byte[8192];
            _ = await stream.ReadAsync(buffer, stop.Token);
            await answer(stream, stop.Token);
        }
        catch (IOException)
        {
            // The caller has hung up, as it should.
        }
    }
}
