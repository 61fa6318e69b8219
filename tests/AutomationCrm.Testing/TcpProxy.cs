using System.Net;
using System.Net.Sockets;

namespace AutomationCrm.Testing;

/// <summary>A loopback proxy in front of a server: forwards, cuts, goes half open (connections stay, nothing passes) or delays each block.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Link> _links = [];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private TaskCompletionSource _flow = Open();
    private volatile bool _refuse;
    private long _delayTicks;

    private TcpProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections
    {
        get
        {
            lock (_gate) return _links.Count;
        }
    }

    /// <summary>Waiting time before each block of bytes goes on, in both directions.</summary>
    public TimeSpan Delay
    {
        get => new(Interlocked.Read(ref _delayTicks));
        set => Interlocked.Exchange(ref _delayTicks, value.Ticks);
    }

    public static TcpProxy Start(string host, int port) => new(host, port);

    /// <summary>Resets all connections and every new one.</summary>
    public void Cut()
    {
        _refuse = true;
        CloseAll();
    }

    /// <summary>Resets the connections of this moment; new ones work.</summary>
    public void CutOnce() => CloseAll();

    /// <summary>Connections stay, new ones are accepted, but no byte passes.</summary>
    public void HalfOpen()
    {
        lock (_gate)
            if (_flow.Task.IsCompleted)
                _flow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Ends <see cref="Cut"/> and <see cref="HalfOpen"/>; bytes held back go on.</summary>
    public void Restore()
    {
        _refuse = false;
        lock (_gate) _flow.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        CloseAll();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                if (_refuse) Reset(client);
                else _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The proxy is being disposed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var link = new Link(client, server);
        lock (_gate) _links.Add(link);
        try
        {
            client.NoDelay = server.NoDelay = true;
            await server.ConnectAsync(_host, _port, _stop.Token);
            await Task.WhenAll(PumpAsync(client, server), PumpAsync(server, client));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Either end went away, or a cut.
        }
        finally
        {
            lock (_gate) _links.Remove(link);
            Reset(client);
            Reset(server);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await from.ReceiveAsync(buffer, _stop.Token)) > 0)
        {
            Task flow;
            lock (_gate) flow = _flow.Task;
            await flow.WaitAsync(_stop.Token);
            if (Delay > TimeSpan.Zero) await Task.Delay(Delay, _stop.Token);
            for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _stop.Token);
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private void CloseAll()
    {
        Link[] links;
        lock (_gate) links = [.. _links];
        foreach (var link in links)
        {
            Reset(link.Client);
            Reset(link.Server);
        }
    }

    /// <summary>Linger zero sends RST: the other end sees a broken connection, not a polite end.</summary>
    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Already closed.
        }

        socket.Dispose();
    }

    private sealed record Link(Socket Client, Socket Server);
}
