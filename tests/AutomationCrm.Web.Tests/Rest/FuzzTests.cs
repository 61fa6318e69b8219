using System.Text;
using System.Text.Json;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest;

/// <summary>Walks the table with seeded hostile input: every answer is an envelope, none is a 500.</summary>
public sealed class FuzzTests : IAsyncLifetime
{
    private const int Seed = 20260105;
    private static readonly string[] NotFuzzed = ["stub.crash", "stub.hang"];
    private RestHost _host = null!;

    public async Task InitializeAsync() => _host = await RestHost.StartAsync(("Rest:FailedSignInsPerMinute", "1000000"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Hostile_parameters_get_an_envelope()
    {
        var input = new HostileInput(Seed);
        foreach (var method in RestHost.Table.Methods.Where(m => !NotFuzzed.Contains(m.Name)))
        {
            for (var round = 0; round < 40; round++)
            {
                var body = input.Body(method);
                await Check(await _host.PostAsync(RestHost.Hook + method.Name, body), $"{method.Name} {body}");
                var pairs = input.Pairs(method);
                await Check(await _host.PostAsync(RestHost.Hook + method.Name, pairs, "application/x-www-form-urlencoded"), $"{method.Name} {pairs}");
            }
        }
    }

    [Fact]
    public async Task Hostile_bodies_and_paths_get_an_envelope()
    {
        var input = new HostileInput(Seed);
        for (var round = 0; round < 300; round++)
        {
            var (type, bytes) = input.Bytes();
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(RestHost.Hook + "crm.deal.list", UriKind.Relative)) { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            await Check(await _host.SendAsync(request), $"{type} {Convert.ToBase64String(bytes)}");
            var path = input.Path();
            await Check(await _host.GetAsync(RestHost.Hook + path), path);
        }
    }

    private static Task Check(Answer answer, string what)
    {
        Assert.True((int)answer.Status is >= 200 and < 500, $"{answer.Status} for {what}");
        if (answer.Type.StartsWith("application/xml", StringComparison.Ordinal)) return Task.CompletedTask;
        var json = JsonDocument.Parse(answer.Body).RootElement;
        Assert.True(json.TryGetProperty("error_description", out _) || (json.TryGetProperty("result", out _) && json.TryGetProperty("time", out _)), what);
        return Task.CompletedTask;
    }
}
