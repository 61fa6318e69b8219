using System.Text.Json;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest.App;

/// <summary>automation.run.revert and automation.run.move: each run is answered for itself, and what is refused leaves everything as it is.</summary>
public sealed class RunDecisionTests : IAsyncLifetime
{
    private const string Fields = """{"key":"set","type":"change_fields","settings":{"fields":{"OPPORTUNITY":"777","COMMENTS":"by a robot"}}}""";

    private AppRestHost _host = null!;

    public static TheoryData<string, string, string> Refused => new()
    {
        { "automation.run.revert", "{}", "ids" },
        { "automation.run.revert", """{"ids":[]}""", "ids" },
        { "automation.run.revert", """{"ids":7}""", "ids" },
        { "automation.run.revert", """{"ids":["first"]}""", "ids[0]" },
        { "automation.run.revert", """{"ids":[1,-2]}""", "ids[1]" },
        { "automation.run.revert", """{"id":1,"ids":[1]}""", "id" },
        { "automation.run.move", "{}", "ids" },
        { "automation.run.move", """{"ids":[]}""", "ids" },
        { "automation.run.move", """{"ids":["first"]}""", "ids[0]" },
        { "automation.run.move", """{"ids":[1],"stage":{"entityTypeId":2,"stageId":"NEW"}}""", "ids" },
        { "automation.run.move", """{"stage":{}}""", "stage[entityTypeId]" },
        { "automation.run.move", """{"stage":{"entityTypeId":2,"stageId":"NOWHERE"}}""", "stageId" },
        { "automation.run.move", """{"stage":{"entityTypeId":99999999999,"stageId":"NEW"}}""", "stageId" },
        { "automation.run.move", """{"stage":"NEW"}""", "stage" },
    };

    public async Task InitializeAsync() => _host = await AppRestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Reverted_runs_give_back_their_fields_and_each_is_answered_for_itself()
    {
        await PublishAsync(Fields);
        var (first, second) = (await DealAsync(), await DealAsync());
        await _host.ResultAsync("crm.deal.update", $$$"""{"id":{{{second}}},"fields":{"COMMENTS":"mine"}}""");
        var (one, two) = (await RunAsync(first), await RunAsync(second));

        var told = await EachAsync("automation.run.revert", $$"""{"ids":[{{two}},999999,{{one}},{{two}}]}""", _host.Webhooks.Member);

        Assert.Equal([two, 999999, one], told.Select(t => t.GetProperty("id").GetInt64()));
        Assert.Equal([null, "NOT_FOUND", null], told.Select(Error));
        Assert.Equal("Run not found", told[1].GetProperty("message").GetString());
        Assert.Equal(["OPPORTUNITY"], Texts(told[0], "fields"));
        Assert.Equal(["COMMENTS", "OPPORTUNITY"], Texts(told[2], "fields").Order(StringComparer.Ordinal));
        var left = Assert.Single(told[0].GetProperty("notReverted").EnumerateArray());
        Assert.Equal(("COMMENTS", "Ada Admin"), (left.GetProperty("field").GetString(), left.GetProperty("changedBy").GetString()));
        var deal = await _host.ResultAsync("crm.deal.get", $$"""{"id":{{first}}}""");
        Assert.Equal(("5.00", ""), (deal.GetProperty("OPPORTUNITY").GetString(), deal.GetProperty("COMMENTS").GetString() ?? ""));
        Assert.Equal(("PREPARATION", 2), (deal.GetProperty("STAGE_ID").GetString(), await _host.CountAsync("select count(*) from run")));
    }

    [Fact]
    public async Task A_run_under_way_and_one_of_a_hidden_item_are_not_reverted()
    {
        await PublishAsync(Fields, """{"key":"later","type":"wait","settings":{"duration":"P1D"},"afterPrevious":true}""");
        var waiting = await RunAsync(await DealAsync());
        await PublishAsync(Fields);
        var hidden = await DealAsync(""","OPENED":"N" """);
        var run = await RunAsync(hidden);
        var before = await _host.FingerprintAsync();

        var told = await EachAsync("automation.run.revert", $$"""{"ids":[{{run}},{{waiting}}]}""", _host.Webhooks.Member);

        Assert.Equal(["NOT_FOUND", "revert.running"], told.Select(Error));
        Assert.Equal("Run not found", told[0].GetProperty("message").GetString());
        Assert.Equal(before, await _host.FingerprintAsync());
        Assert.Equal("insufficient_scope", (await _host.CallAsync("automation.run.revert", $$"""{"ids":[{{run}}]}""", _host.Webhooks.Foreign)).Error);
    }

    [Fact]
    public async Task Who_only_watches_an_item_reverts_nothing()
    {
        await PublishAsync(Fields);
        var run = await RunAsync(await DealAsync($$""","OPENED":"N","OBSERVERS":[{{_host.Webhooks.Other.Person}}]"""));
        var before = await _host.FingerprintAsync();

        Assert.Equal("ACCESS_DENIED", Error(Assert.Single(await EachAsync("automation.run.revert", $$"""{"ids":[{{run}}]}""", _host.Webhooks.Other))));
        Assert.Equal(before, await _host.FingerprintAsync());
    }

    [Fact]
    public async Task Waiting_runs_go_on_by_the_newest_version_and_the_others_say_why_not()
    {
        await PublishAsync(Late("old"));
        var (first, second) = (await DealAsync(), await DealAsync());
        var (one, two) = (await RunAsync(first), await RunAsync(second));
        await PublishAsync(Late("new"));
        var newest = await RunAsync(await DealAsync());

        var told = await EachAsync("automation.run.move", $$"""{"ids":[{{one}},{{newest}},999999]}""");

        Assert.Equal([null, "latest.same", "NOT_FOUND"], told.Select(Error));
        Assert.Equal(await RunAsync(first), told[0].GetProperty("nextRunId").GetInt64());
        Assert.Equal([JsonValueKind.Null, JsonValueKind.Null], told.Skip(1).Select(t => t.GetProperty("nextRunId").ValueKind));
        Assert.Equal(1, (await _host.ResultAsync("automation.run.move", """{"stage":{"entityTypeId":2,"stageId":"PREPARATION"}}""")).GetProperty("tried").GetInt32());
        await _host.DrainAsync();
        Assert.NotEqual(two, await RunAsync(second));
        Assert.Equal((0, 3), (await _host.CountAsync("select count(*) from run where state = 0 and config_version = 1"), await _host.CountAsync("select count(*) from robot_run r join run on run.id = r.run_id where r.state = 0 and run.config_version = 2")));
    }

    [Fact]
    public async Task A_repeated_command_id_decides_each_run_once()
    {
        await PublishAsync(Fields, Late("old"));
        var deal = await DealAsync();
        var run = await RunAsync(deal);
        await PublishAsync(Fields, Late("new"));

        await OnceAsync("automation.run.move", $$"""{"ids":[{{run}}]}""");
        await _host.ExecuteAsync("update timer set due_at = now() where robot_run_id is not null");
        await _host.DrainAsync();
        await OnceAsync("automation.run.revert", $$"""{"ids":[{{run}},{{await RunAsync(deal)}}]}""");
    }

    [Fact]
    public async Task Members_move_no_runs()
    {
        await PublishAsync(Late("old"));
        var run = await RunAsync(await DealAsync());
        await PublishAsync(Late("new"));
        var before = await _host.FingerprintAsync();

        foreach (var body in (string[])[$$"""{"ids":[{{run}}]}""", """{"stage":{"entityTypeId":2,"stageId":"PREPARATION"}}"""])
            Assert.Equal("ACCESS_DENIED", (await _host.CallAsync("automation.run.move", body, _host.Webhooks.Member)).Error);
        Assert.Equal(before, await _host.FingerprintAsync());
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public Task What_does_not_fit_is_refused_by_name_and_changes_nothing(string method, string body, string argument) => _host.AssertRefusedAsync(method, body, argument);

    [Fact]
    public async Task More_than_fifty_runs_at_once_are_refused() =>
        Assert.Equal(400, (int)(await _host.CallAsync("automation.run.revert", $$"""{"ids":[{{string.Join(',', Enumerable.Range(1, 51))}}]}""")).Status);

    private static string Late(string text) => $$$"""{"key":"late","type":"add_comment","delay":{"after":"P1D"},"settings":{"text":"{{{text}}}"},"afterPrevious":true}""";

    private static string? Error(JsonElement run) => run.GetProperty("error").GetString();

    private static IEnumerable<string?> Texts(JsonElement run, string name) => run.GetProperty(name).EnumerateArray().Select(t => t.GetString());

    private async Task OnceAsync(string method, string body)
    {
        var id = ("X-Command-Id", Guid.CreateVersion7().ToString());
        var first = await _host.CallAsync(method, body, headers: id);
        await _host.DrainAsync();
        var before = await _host.FingerprintAsync();
        var second = await _host.CallAsync(method, body, headers: id);

        Assert.Equal(first.Result.GetRawText(), second.Result.GetRawText());
        Assert.Contains("\"error\":null", first.Body, StringComparison.Ordinal);
        Assert.Equal(before, await _host.FingerprintAsync());
    }

    private Task PublishAsync(params string[] robots) =>
        _host.ResultAsync("automation.stage.set", $$"""{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION","undoSeconds":0,"robots":[{{string.Join(',', robots)}}]}""");

    /// <summary>A deal whose robots have done what they can; answers its number.</summary>
    private async Task<long> DealAsync(string more = "")
    {
        var deal = (await _host.ResultAsync("crm.deal.add", $$$"""{"fields":{"TITLE":"Chairs","OPPORTUNITY":5,"STAGE_ID":"PREPARATION"{{{more}}}}}""")).GetInt64();
        await _host.DrainAsync();
        return deal;
    }

    /// <summary>The newest run of a deal.</summary>
    private Task<long> RunAsync(long deal) => _host.CountAsync($"select max(id) from run where item_id = {deal}");

    private async Task<List<JsonElement>> EachAsync(string method, string body, TestWebhook? hook = null) => [.. (await _host.ResultAsync(method, body, hook)).GetProperty("runs").EnumerateArray()];
}
