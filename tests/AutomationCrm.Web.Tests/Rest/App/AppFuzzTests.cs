using System.Text.Json;
using AutomationCrm.Web.Rest;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest.App;

/// <summary>Walks the real table with seeded hostile input over the real database: never a 500, reads change nothing.</summary>
public sealed class AppFuzzTests : IAsyncLifetime
{
    private const int Seed = 20260106;
    private const int Rounds = 12;
    private AppRestHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await AppRestHost.StartAsync();
        for (var i = 0; i < 3; i++) await _host.ResultAsync("crm.deal.add", """{"fields":{"TITLE":"Real"}}""");
        foreach (var type in (string[])["lead", "contact", "company", "quote"]) await _host.ResultAsync($"crm.{type}.add", """{"fields":{"TITLE":"Real","PHONE":[{"VALUE":"+1"}]}}""");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hostile_parameters_get_an_envelope(bool reads)
    {
        var input = new HostileInput(Seed);
        var before = await _host.FingerprintAsync();
        foreach (var method in RestApi.Table.Methods.Where(m => m.ReadOnly == reads))
        {
            for (var round = 0; round < Rounds; round++)
            {
                var body = input.Body(method);
                Check(await _host.CallAsync(method.Name, body), $"{method.Name} {body}");
                var pairs = input.Pairs(method);
                Check(await _host.FormAsync(method.Name, pairs), $"{method.Name} {pairs}");
            }
        }

        if (reads) Assert.Equal(before, await _host.FingerprintAsync());
        // Whatever was written can still be read.
        else await _host.ResultAsync("batch", """{"cmd":["crm.deal.list","crm.lead.list","crm.contact.list","crm.company.list","crm.quote.list","crm.item.list?entityTypeId=31"],"halt":1}""");
    }

    [Theory]
    [InlineData("crm.deal.list", "filter")]
    [InlineData("crm.item.list", "filter")]
    [InlineData("crm.status.list", "filter")]
    [InlineData("crm.deal.add", "fields")]
    [InlineData("crm.item.add", "fields")]
    [InlineData("crm.item.update", "fields")]
    [InlineData("crm.contact.update", "fields")]
    public async Task Every_field_takes_or_refuses_hostile_values(string method, string parameter)
    {
        var input = new HostileInput(Seed);
        var type = method.StartsWith("crm.item", StringComparison.Ordinal) ? 2 : 0;
        var fields = await _host.ResultAsync(type > 0 ? "crm.item.fields" : method[..method.LastIndexOf('.')] + ".fields", "{\"entityTypeId\":2}");
        foreach (var field in (type > 0 ? fields.GetProperty("fields") : fields).EnumerateObject())
        {
            for (var round = 0; round < 25; round++)
            {
                var sign = parameter == "filter" ? input.Sign() : "";
                var body = $"{{\"entityTypeId\":2,\"id\":1,\"{parameter}\":{{{JsonSerializer.Serialize(sign + field.Name)}:{input.Leaf()}}}}}";
                Check(await _host.CallAsync(method, body), $"{method} {body}");
            }
        }
    }

    private static void Check(Answer answer, string what)
    {
        Assert.True((int)answer.Status is >= 200 and < 500, $"{answer.Status} for {what}");
        Assert.True(answer.Json.TryGetProperty("error_description", out _) || (answer.Json.TryGetProperty("result", out _) && answer.Json.TryGetProperty("time", out _)), what);
    }
}
