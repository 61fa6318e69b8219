using System.Diagnostics;
using System.Net.Sockets;
using AutomationCrm.Testing;

namespace AutomationCrm.Infrastructure.Tests.Testing;

public sealed class TcpProxyTests : IAsyncLifetime
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });
    private HttpSink _sink = null!;
    private TcpProxy _proxy = null!;

    public async Task InitializeAsync()
    {
        _sink = await HttpSink.StartAsync();
        _sink.Answer(_ => new SinkAnswer(200, "through"));
        _proxy = TcpProxy.Start("127.0.0.1", _sink.Address.Port);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _proxy.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task Forwards_refuses_while_cut_and_forwards_again()
    {
        Assert.Equal("through", await Get());

        _proxy.Cut();
        // A reset that comes as soon as the connection stands is a bare socket error in .NET.
        Assert.True(await Record.ExceptionAsync(Get) is HttpRequestException or SocketException);
        _proxy.Restore();

        Assert.Equal("through", await Get());
    }

    [Fact]
    public async Task Half_open_holds_the_bytes_until_restored()
    {
        _proxy.HalfOpen();
        var answer = Get();
        await Eventually.Async(() => _proxy.Connections == 1);
        await Assert.ThrowsAsync<TimeoutException>(() => answer.WaitAsync(TimeSpan.FromMilliseconds(100)));
        Assert.Empty(_sink.Requests);

        _proxy.Restore();

        Assert.Equal("through", await answer);
    }

    [Fact]
    public async Task Cutting_once_breaks_the_open_connection_alone()
    {
        _proxy.HalfOpen();
        var answer = Get();
        await Eventually.Async(() => _proxy.Connections == 1);

        _proxy.CutOnce();
        _proxy.Restore();

        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
        Assert.Equal("through", await Get());
    }

    [Fact]
    public async Task Delays_both_ways()
    {
        _proxy.Delay = TimeSpan.FromMilliseconds(100);
        var waited = Stopwatch.StartNew();

        await Get();

        Assert.True(waited.ElapsedMilliseconds >= 190, $"{waited.ElapsedMilliseconds} ms");
    }

    private Task<string> Get() => _client.GetStringAsync(new Uri($"http://127.0.0.1:{_proxy.Port}/"));
}
