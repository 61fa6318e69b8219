using System.Text.Json;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest.App;

/// <summary>Histories, figures, why, dry runs and decisions about many incidents by REST.</summary>
public sealed class ExplainContractTests : IAsyncLifetime
{
    private AppRestHost _host = null!;

    public async Task InitializeAsync() => _host = await AppRestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Histories_are_searched_and_paged_by_cursor()
    {
        await FillAsync();

        var first = await _host.ResultAsync("automation.robot.search", """{"filter":{"entityTypeId":2,"stageId":"PREPARATION"},"limit":1}""");
        var second = await _host.ResultAsync("automation.robot.search", $$"""{"filter":{"entityTypeId":2,"stageId":"PREPARATION"},"limit":1,"after":"{{first.GetProperty("next").GetString()}}"}""");
        var skipped = await _host.ResultAsync("automation.robot.search", """{"filter":{"state":"Skipped","code":"condition.false","text":"NOT TRUE","robotType":"add_comment","robotKey":"big"}}""");
        var runs = await _host.ResultAsync("automation.run.search", """{"filter":{"entityTypeId":2,"itemId":1,"state":"Done","from":"2020-01-01T00:00:00Z"}}""");
        var figures = await _host.ResultAsync("automation.robot.metrics", """{"entityTypeId":2,"days":7}""");

        Assert.NotEqual(One(first, "robots").GetProperty("id").GetInt64(), One(second, "robots").GetProperty("id").GetInt64());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Equal(("big", "Chairs"), (One(skipped, "robots").GetProperty("key").GetString(), One(skipped, "robots").GetProperty("itemTitle").GetString()));
        Assert.Equal((1, 1), (One(runs, "runs").GetProperty("robots").GetProperty("Done").GetInt32(), One(runs, "runs").GetProperty("robots").GetProperty("Skipped").GetInt32()));
        Assert.Equal(["big 1 0 1", "note 1 1 0"], figures.GetProperty("robots").EnumerateArray().Select(r => $"{r.GetProperty("key").GetString()} {r.GetProperty("runs").GetInt32()} {r.GetProperty("done").GetInt32()} {r.GetProperty("skipped").GetInt32()}"));

        Assert.Equal("ACCESS_DENIED", (await _host.CallAsync("automation.run.search", "{}", _host.Webhooks.Member)).Error);
        Assert.Equal(400, (int)(await _host.CallAsync("automation.run.search", """{"filter":{"state":"Happy"}}""")).Status);
        Assert.Equal(400, (int)(await _host.CallAsync("automation.run.search", """{"filter":{"from":"soon"}}""")).Status);
        Assert.Equal(400, (int)(await _host.CallAsync("automation.robot.search", """{"after":"there"}""")).Status);
        Assert.Equal(400, (int)(await _host.CallAsync("automation.robot.search", """{"limit":0}""")).Status);
        Assert.Equal(400, (int)(await _host.CallAsync("automation.robot.metrics", """{"entityTypeId":2,"days":0}""")).Status);
    }

    [Fact]
    public async Task Why_is_told_to_whoever_may_read_the_item()
    {
        await FillAsync();

        var why = await _host.ResultAsync("automation.robot.explain", """{"entityTypeId":2,"itemId":1,"stageId":"PREPARATION","robotKey":"big"}""", _host.Webhooks.Member);
        var now = await _host.ResultAsync("automation.robot.explain", """{"entityTypeId":2,"itemId":1,"stageId":"PREPARATION","robotKey":"note","now":true}""");

        Assert.Equal(("NotStarted", "condition.false"), (why.GetProperty("state").GetString(), why.GetProperty("code").GetString()));
        Assert.Equal(5, why.GetProperty("robot").GetProperty("condition").GetProperty("all")[0].GetProperty("left").GetInt32());
        Assert.Equal("About Chairs", now.GetProperty("now").GetProperty("acts")[0].GetProperty("text").GetString());
        Assert.Equal("robot.unknown", (await _host.CallAsync("automation.robot.explain", """{"entityTypeId":2,"itemId":1,"stageId":"PREPARATION","robotKey":"nobody"}""")).Error);
        Assert.Equal("NOT_FOUND", (await _host.CallAsync("automation.robot.explain", """{"entityTypeId":2,"itemId":99,"stageId":"PREPARATION","robotKey":"note"}""")).Error);
    }

    [Fact]
    public async Task A_trial_by_REST_changes_nothing()
    {
        await FillAsync();
        var before = await _host.FingerprintAsync();

        var saved = await _host.ResultAsync("automation.stage.try", """{"entityTypeId":2,"itemId":1,"stageId":"PREPARATION"}""");
        var unsaved = await _host.ResultAsync("automation.stage.try", """{"entityTypeId":2,"itemId":1,"stageId":"NEW","travelDays":2,"robots":[{"type":"call_webhook","key":"hook","settings":{"method":"POST","url":"https://example.com/hook"}},{"type":"add_comment","settings":{"text":"It said {=hook:Status}"},"afterPrevious":true,"delay":{"after":"P1D"}}],"answers":{"hook":{"results":{"Status":204}}}}""");

        Assert.Equal(before, await _host.FingerprintAsync());
        Assert.Equal(["Done", "Skipped"], saved.GetProperty("runs")[0].GetProperty("robots").EnumerateArray().Select(r => r.GetProperty("robot").GetProperty("state").GetString()));
        var robots = unsaved.GetProperty("runs")[0].GetProperty("robots");
        Assert.Equal(("delivery", "https://example.com"), (robots[0].GetProperty("acts")[0].GetProperty("kind").GetString(), robots[0].GetProperty("acts")[0].GetProperty("to").GetString()));
        Assert.Equal("It said 204", robots[1].GetProperty("acts")[0].GetProperty("text").GetString());
        Assert.Equal(JsonValueKind.Null, unsaved.GetProperty("version").ValueKind);
        Assert.Equal(400, (int)(await _host.CallAsync("automation.stage.try", """{"entityTypeId":2,"itemId":1,"stageId":"NEW","travelDays":5000}""")).Status);
        Assert.Equal("stage.empty", (await _host.CallAsync("automation.stage.try", """{"entityTypeId":2,"itemId":1,"stageId":"NEW"}""")).Error);
    }

    [Fact]
    public async Task Many_incidents_are_decided_at_once_and_the_progress_is_told()
    {
        await _host.ResultAsync("automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION","robots":[{"type":"add_comment","settings":{"text":"x"}}]}""");
        for (var i = 0; i < 2; i++)
            await _host.CallAsync("crm.deal.add", """{"fields":{"TITLE":"Round","STAGE_ID":"PREPARATION"}}""", headers: ("X-AutomationCrm-Chain", $"{Guid.CreateVersion7()};21;1"));
        var ids = (await _host.ResultAsync("automation.incident.list")).GetProperty("incidents").EnumerateArray().Select(i => i.GetProperty("id").GetInt64()).ToList();

        var id = (await _host.ResultAsync("automation.incident.bulk", $$"""{"action":"acknowledge","ids":[{{ids[0]}},{{ids[1]}}]}""")).GetProperty("id").GetInt64();
        var told = await _host.ResultAsync("automation.incident.progress", $$"""{"id":{{id}}}""");

        Assert.Equal(2, told.GetProperty("total").GetInt32());
        Assert.Equal(400, (int)(await _host.CallAsync("automation.incident.bulk", """{"action":"forget","ids":[1]}""")).Status);
        Assert.Equal(400, (int)(await _host.CallAsync("automation.incident.bulk", """{"action":"skip"}""")).Status);
        Assert.Equal("incident.none", (await _host.CallAsync("automation.incident.bulk", """{"action":"skip","ids":[987654321]}""")).Error);
        Assert.Equal("NOT_FOUND", (await _host.CallAsync("automation.incident.progress", """{"id":987654321}""")).Error);
    }

    private async Task FillAsync()
    {
        await _host.ResultAsync("automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION","robots":[{"key":"note","type":"add_comment","name":"Note","settings":{"text":"About {=Document:TITLE}"}},{"key":"big","type":"add_comment","name":"Big","settings":{"text":"Big"},"condition":{"all":[{"field":"OPPORTUNITY","op":"gt","value":"1000"}]}}]}""");
        await _host.ResultAsync("crm.deal.add", """{"fields":{"TITLE":"Chairs","OPPORTUNITY":5,"STAGE_ID":"PREPARATION"}}""");
        await _host.DrainAsync();
    }

    private static JsonElement One(JsonElement result, string list) => Assert.Single(result.GetProperty(list).EnumerateArray());
}
