using System.Net;
using System.Net.Sockets;
using AutomationCrm.Application.Ports;
using AutomationCrm.Infrastructure.Outbound;
using AutomationCrm.Testing;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Tests.Outbound;

public class HostileAddressTests
{
    /// <summary>Hosts that lead to this machine or an inner network, in every spelling.</summary>
    private static readonly string[] Hosts =
    [
        "127.0.0.1", "127.0.0.2", "127.255.255.254", "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "0.0.0.0", "0", "0.1.2.3",
        "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.255.255", "169.254.169.254", "169.254.0.1", "2852039166", "0xA9FEA9FE",
        "100.64.0.1", "100.127.255.254", "100.100.100.200", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "168.63.129.16",
        "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[::127.0.0.1]",
        "[64:ff9b::7f00:1]", "[64:ff9b::a00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2001::1]", "[2001:10::1]", "[2001:db8::1]", "[3fff::1]", "[5f00::1]", "[100::1]",
        "[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fec0::1]", "[ff02::1]", "[ff0e::1]",
        "localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "①②⑦.⓪.⓪.①", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "127。0。0。1",
        "inner.example", "metadata.example", "six.example", "mapped.example", "mixed.example",
    ];

    [Fact]
    public async Task No_spelling_of_an_inner_address_is_dialled()
    {
        await using var canary = new Canary();
        using var door = canary.Door();
        Assert.True(Hosts.Length >= 60);

        foreach (var host in Hosts)
        {
            var refusal = await Canary.RefusedAsync(door, new("POST", $"http://{host}:{canary.Port}/hook") { Body = "{}"u8.ToArray() });
            Assert.True(("outbound.address", false) == (refusal.Code, refusal.Retryable), $"{host}: {refusal.Code}");
        }

        Assert.Equal(0, canary.Connections);
    }

    [Theory]
    [InlineData("http://admin:secret@127.0.0.1:{0}/", "outbound.userinfo")]
    [InlineData("http://public.example@127.0.0.1:{0}/", "outbound.userinfo")]
    [InlineData("http://127.0.0.1:{0}#@public.example/", "outbound.address")]
    [InlineData("http://127.0.0.1:{0}\\@public.example/", "outbound.url")]
    [InlineData("http://127.0.0.1:{0}/?url=https://public.example", "outbound.address")]
    [InlineData(" http://127.0.0.1:{0}/", "outbound.address")]
    [InlineData("http://127.0.0.1:22/", "outbound.port")]
    [InlineData("http://public.example:25/", "outbound.port")]
    [InlineData("ftp://127.0.0.1:{0}/", "outbound.scheme")]
    [InlineData("gopher://127.0.0.1:{0}/_x", "outbound.scheme")]
    [InlineData("ws://127.0.0.1:{0}/", "outbound.scheme")]
    [InlineData("file:///etc/passwd", "outbound.url")]
    [InlineData("file://127.0.0.1/share", "outbound.scheme")]
    [InlineData("javascript:alert(1)", "outbound.url")]
    [InlineData("http://[::1", "outbound.url")]
    [InlineData("http://127.0.0.1:99999/", "outbound.url")]
    [InlineData("//127.0.0.1:{0}/", "outbound.url")]
    [InlineData("/etc/passwd", "outbound.url")]
    [InlineData("hook", "outbound.url")]
    [InlineData("", "outbound.url")]
    [InlineData("http://nowhere.example:{0}/", "outbound.name")]
    [InlineData("http://empty.example:{0}/", "outbound.name")]
    public async Task A_hostile_url_is_refused_with_a_reason(string url, string code)
    {
        await using var canary = new Canary();
        using var door = canary.Door();

        var refusal = await Canary.RefusedAsync(door, new("GET", string.Format(url, canary.Port)));

        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, canary.Connections);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_an_answer_and_is_not_followed(int status)
    {
        await using var canary = new Canary();
        await using var sink = await HttpSink.StartAsync();
        sink.Answer(_ => new(status) { Headers = new Dictionary<string, string> { ["Location"] = $"http://127.0.0.1:{canary.Port}/" } });
        using var door = canary.Door(sink.Address);

        var answer = await door.SendAsync(new("POST", sink.Address + "hook") { Body = "{}"u8.ToArray() }, CancellationToken.None);

        Assert.Equal(status, answer.Status);
        Assert.Equal(0, canary.Connections);
    }

    [Fact]
    public async Task The_address_that_was_checked_is_the_one_that_is_dialled()
    {
        var (asked, dialled) = (0, new List<IPEndPoint>());
        var network = new OutboundNetwork
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Parse("93.184.216.34") : IPAddress.Loopback]),
            Dial = (target, _) =>
            {
                dialled.Add(target);
                throw new SocketException((int)SocketError.ConnectionRefused);
            },
        };
        var options = Options.Create(new OutboundOptions());
        using var door = new OutboundHttp(options, new(options), network);

        var first = await Canary.RefusedAsync(door, new("GET", "https://rebinding.example/"));
        var second = await Canary.RefusedAsync(door, new("GET", "https://rebinding.example/"));

        Assert.Equal(("outbound.connect", "outbound.address"), (first.Code, second.Code));
        Assert.Equal(new IPEndPoint(IPAddress.Parse("93.184.216.34"), 443), Assert.Single(dialled));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task An_allowed_origin_is_exact()
    {
        await using var canary = new Canary();
        await using var sink = await HttpSink.StartAsync();
        using var door = canary.Door(sink.Address);
        var port = sink.Address.Port;

        Assert.Equal(200, (await door.SendAsync(new("GET", $"http://127.0.0.1:{port}/ok"), CancellationToken.None)).Status);
        foreach (var other in (string[])[$"http://localhost:{canary.Port}/", $"http://127.0.0.2:{canary.Port}/", $"http://127.0.0.1:{canary.Port}/", $"https://127.0.0.1:{canary.Port}/"])
            Assert.Equal("outbound.address", (await Canary.RefusedAsync(door, new("GET", other))).Code);
        Assert.Equal("outbound.port", (await Canary.RefusedAsync(door, new("GET", $"https://127.0.0.1:{port}/"))).Code);
        Assert.Equal(0, canary.Connections);
    }

    [Fact]
    public async Task Plain_http_must_be_switched_on()
    {
        var options = Options.Create(new OutboundOptions());
        using var door = new OutboundHttp(options, new(options), new());

        Assert.Equal("outbound.scheme", (await Canary.RefusedAsync(door, new("GET", "http://public.example/"))).Code);
    }

    [Theory]
    [InlineData("not a url")]
    [InlineData("https://erp.example/path")]
    [InlineData("https://me@erp.example/")]
    public void An_allowed_origin_that_is_none_is_an_error_at_start(string origin) =>
        Assert.Throws<OptionsValidationException>(() => new OutboundAllowList(Options.Create(new OutboundOptions { AllowedOrigins = origin })));

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001:82b::200e")]
    [InlineData("::ffff:8.8.8.8")]
    public void The_public_internet_is_public(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));
}
