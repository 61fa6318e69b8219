using System.IO.Compression;
using System.Text;
using AutomationCrm.Application.Ports;
using AutomationCrm.Infrastructure.Outbound;
using AutomationCrm.Testing;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Tests.Outbound;

public class OutboundAnswerTests
{
    [Fact]
    public async Task A_call_arrives_as_it_was_asked_for_and_brings_its_answer()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Answer(_ => new(201, "made") { Headers = new Dictionary<string, string> { ["X-Kind"] = "test", ["Set-Cookie"] = "a=b" } });
        using var door = Door(sink.Address);
        var request = new OutboundRequest("PATCH", sink.Address + "path?q=1") { Headers = new Dictionary<string, string> { ["X-Mine"] = "yes", ["webhook-id"] = "1" }, Body = "{\"a\":1}"u8.ToArray() };

        var answer = await door.SendAsync(request, CancellationToken.None);
        await door.SendAsync(request, CancellationToken.None);

        Assert.Equal((201, "made", "test"), (answer.Status, Encoding.UTF8.GetString(answer.Body.Span), answer.Headers["x-kind"]));
        var received = sink.Requests[1];
        Assert.Equal(("PATCH", "/path?q=1", "{\"a\":1}"), (received.Method, received.Target, received.Text));
        Assert.Equal(("yes", "1", "application/json"), (received.Headers["X-Mine"], received.Headers["webhook-id"], received.Headers["Content-Type"]));
        Assert.False(received.Headers.ContainsKey("Cookie"));
        Assert.False(received.Headers.ContainsKey("traceparent"));
    }

    [Fact]
    public async Task A_peer_that_resets_every_connection_is_told_as_a_failed_connection()
    {
        await using var sink = await HttpSink.StartAsync();
        await using var proxy = TcpProxy.Start("127.0.0.1", sink.Address.Port);
        proxy.Cut();
        var address = new Uri($"http://127.0.0.1:{proxy.Port}/");
        using var door = Door(address);

        // The moment of the reset decides what the framework says: hundred times, so that each of them comes.
        for (var i = 0; i < 100; i++)
        {
            var refused = await Assert.ThrowsAsync<OutboundException>(() => door.SendAsync(new("GET", address.ToString()), CancellationToken.None));
            Assert.True(refused is { Code: "outbound.connect" or "outbound.broken", Retryable: true }, refused.ToString());
        }
    }

    [Fact]
    public async Task An_answer_over_one_megabyte_is_refused()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Answer(_ => new(200, new string('x', OutboundHttp.MostAnswerBytes + 1)));
        await RefusedAsync(sink.Address, "outbound.too_large");
    }

    [Fact]
    public async Task An_answer_of_exactly_one_megabyte_is_taken()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Answer(_ => new(200, new string('x', OutboundHttp.MostAnswerBytes)));
        using var door = Door(sink.Address);

        Assert.Equal(OutboundHttp.MostAnswerBytes, (await door.SendAsync(new("GET", sink.Address.ToString()), CancellationToken.None)).Body.Length);
    }

    [Fact]
    public async Task An_endless_body_is_cut_off()
    {
        await using var server = RawServer.Start(async (stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"u8.ToArray(), ct);
            var block = new byte[64 * 1024];
            while (true) await stream.WriteAsync(block, ct);
        });
        await RefusedAsync(server.Address, "outbound.too_large");
    }

    [Fact]
    public async Task A_small_packed_answer_cannot_grow_without_end()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) await gzip.WriteAsync(new byte[20 * 1024 * 1024]);
        await using var server = RawServer.Start(async (stream, ct) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), ct);
            await stream.WriteAsync(packed.ToArray(), ct);
        });
        Assert.True(packed.Length < 100_000);
        await RefusedAsync(server.Address, "outbound.too_large");
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        await using var server = RawServer.Start(async (stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), ct);
            var line = Encoding.ASCII.GetBytes("X-Filler: " + new string('x', 1000) + "\r\n");
            for (var i = 0; i < 1000; i++) await stream.WriteAsync(line, ct);
        });
        await RefusedAsync(server.Address, "outbound.too_large");
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")]
    public async Task A_peer_that_falls_silent_is_given_up(string beginning)
    {
        await using var server = RawServer.Start(async (stream, ct) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        var refusal = await RefusedAsync(server.Address, "outbound.timeout", timeoutSeconds: 2);
        Assert.True(refusal.Retryable);
    }

    [Fact]
    public async Task A_peer_that_speaks_something_else_is_reported()
    {
        await using var server = RawServer.Start(async (stream, ct) => await stream.WriteAsync("220 mail.example ESMTP\r\n"u8.ToArray(), ct));
        await RefusedAsync(server.Address, "outbound.broken");
    }

    [Fact]
    public async Task Nobody_listening_is_worth_another_try()
    {
        var server = RawServer.Start((_, _) => Task.CompletedTask);
        var address = server.Address;
        await server.DisposeAsync();
        var refusal = await RefusedAsync(address, "outbound.connect");
        Assert.True(refusal.Retryable);
    }

    [Theory]
    [InlineData("X-Evil", "a\r\nX-Injected: 1")]
    [InlineData("X-Evil", "a\nb")]
    [InlineData("X-Evil", "a\0b")]
    [InlineData("X-Evil\r\nX-Injected", "1")]
    [InlineData("X Evil", "1")]
    [InlineData("X:Evil", "1")]
    [InlineData("", "1")]
    [InlineData("Host", "inner.example")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("content-length", "5")]
    [InlineData("Connection", "upgrade")]
    public async Task Headers_cannot_smuggle_anything(string name, string value)
    {
        await using var sink = await HttpSink.StartAsync();
        using var door = Door(sink.Address);
        var refusal = await Canary.RefusedAsync(door, new("POST", sink.Address.ToString()) { Headers = new Dictionary<string, string> { [name] = value }, Body = "{}"u8.ToArray() });

        Assert.Equal("outbound.header", refusal.Code);
        Assert.Empty(sink.Requests);
    }

    private static OutboundHttp Door(Uri allowed, int timeoutSeconds = 60)
    {
        var options = Options.Create(new OutboundOptions { TimeoutSeconds = timeoutSeconds });
        var list = new OutboundAllowList(options);
        list.Allow(allowed);
        return new(options, list, new());
    }

    private static async Task<OutboundException> RefusedAsync(Uri address, string code, int timeoutSeconds = 60)
    {
        using var door = Door(address, timeoutSeconds);
        var refusal = await Canary.RefusedAsync(door, new("GET", address.ToString()));
        Assert.Equal(code, refusal.Code);
        return refusal;
    }
}
