using System.Text.Json;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest.App;

/// <summary>automation.pause.*: what programs pause and resume, and what is refused without changing anything.</summary>
public sealed class PauseMethodTests : IAsyncLifetime
{
    private const string Stage = """{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION"}""";
    private const string Whole = """{"entityTypeId":2,"categoryId":0}""";

    private AppRestHost _host = null!;

    public static TheoryData<string, string, string> Refused => new()
    {
        { "automation.pause.set", """{"categoryId":0}""", "entityTypeId" },
        { "automation.pause.set", """{"entityTypeId":2}""", "categoryId" },
        { "automation.pause.set", """{"entityTypeId":"deals","categoryId":0}""", "entityTypeId" },
        { "automation.pause.set", """{"entityTypeId":99999999999,"categoryId":0}""", "entityTypeId" },
        { "automation.pause.set", """{"entityTypeId":3,"categoryId":0}""", "entityTypeId" },
        { "automation.pause.set", """{"entityTypeId":2,"categoryId":-1}""", "categoryId" },
        { "automation.pause.set", """{"entityTypeId":2,"categoryId":77}""", "categoryId" },
        { "automation.pause.set", """{"entityTypeId":2,"categoryId":0,"stageId":"NOWHERE"}""", "stageId" },
        { "automation.pause.set", """{"entityTypeId":2,"categoryId":0,"stageId":""}""", "stageId" },
        { "automation.pause.set", """{"entityTypeId":2,"categoryId":0,"stageId":["NEW"]}""", "stageId" },
        { "automation.pause.set", """{"entityTypeId":2,"categoryId":0,"stage":"NEW"}""", "stage" },
        { "automation.pause.resume", "{}", "id" },
        { "automation.pause.resume", """{"id":"first"}""", "id" },
        { "automation.pause.list", """{"entityTypeId":2,"categoryId":77}""", "categoryId" },
        { "automation.pause.list", """{"entityTypeId":2,"categoryId":0,"limit":0}""", "limit" },
        { "automation.pause.list", """{"entityTypeId":2,"categoryId":0,"limit":501}""", "limit" },
    };

    public async Task InitializeAsync() => _host = await AppRestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_paused_stage_holds_its_robots_until_it_is_resumed()
    {
        var pause = (await _host.ResultAsync("automation.pause.set", Stage)).GetProperty("id").GetInt64();
        await _host.ResultAsync("automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION","robots":[{"type":"add_comment","settings":{"text":"at last"}}]}""");
        await _host.ResultAsync("crm.deal.add", """{"fields":{"TITLE":"Chairs","STAGE_ID":"PREPARATION"}}""");
        await _host.DrainAsync();

        var told = Assert.Single(await PausesAsync());
        Assert.Equal((pause, "PREPARATION", true, 1), (told.GetProperty("id").GetInt64(), told.GetProperty("stageId").GetString(), told.GetProperty("lasts").GetBoolean(), told.GetProperty("held").GetInt32()));
        Assert.Equal((_host.Webhooks.Admin.Person, JsonValueKind.Null), (told.GetProperty("pausedBy").GetInt64(), told.GetProperty("resumedTime").ValueKind));
        Assert.Equal(0, await _host.CountAsync("select count(*) from comment"));

        Assert.True((await _host.ResultAsync("automation.pause.resume", $$"""{"id":{{pause}}}""")).GetBoolean());
        await _host.DrainAsync();

        told = Assert.Single(await PausesAsync());
        Assert.Equal((false, 0, _host.Webhooks.Admin.Person), (told.GetProperty("lasts").GetBoolean(), told.GetProperty("held").GetInt32(), told.GetProperty("resumedBy").GetInt64()));
        Assert.Equal(1, await _host.CountAsync("select count(*) from comment where text = 'at last'"));
    }

    [Fact]
    public async Task Without_a_stage_the_whole_pipeline_is_paused_and_what_lasts_is_told_first()
    {
        var over = (await _host.ResultAsync("automation.pause.set", Stage)).GetProperty("id").GetInt64();
        var whole = (await _host.ResultAsync("automation.pause.set", Whole)).GetProperty("id").GetInt64();
        await _host.ResultAsync("automation.pause.resume", $$"""{"id":{{over}}}""");

        var told = await PausesAsync();

        Assert.Equal([(whole, JsonValueKind.Null, true), (over, JsonValueKind.String, false)], told.Select(p => (p.GetProperty("id").GetInt64(), p.GetProperty("stageId").ValueKind, p.GetProperty("lasts").GetBoolean())));
        Assert.Equal("pause.paused", (await _host.CallAsync("automation.pause.set", Whole)).Error);
        Assert.Equal("pause.resumed", (await _host.CallAsync("automation.pause.resume", $$"""{"id":{{over}}}""")).Error);
    }

    [Fact]
    public async Task A_repeated_command_id_pauses_and_resumes_once()
    {
        var (set, resume) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        var first = await _host.CallAsync("automation.pause.set", Stage, headers: ("X-Command-Id", set));
        var again = await _host.CallAsync("automation.pause.set", Stage, headers: ("X-Command-Id", set));
        var id = first.Result.GetProperty("id").GetInt64();
        await _host.CallAsync("automation.pause.resume", $$"""{"id":{{id}}}""", headers: ("X-Command-Id", resume));
        var before = await _host.FingerprintAsync();
        var twice = await _host.CallAsync("automation.pause.resume", $$"""{"id":{{id}}}""", headers: ("X-Command-Id", resume));

        Assert.Equal((id, true), (again.Result.GetProperty("id").GetInt64(), twice.Result.GetBoolean()));
        Assert.Equal(before, await _host.FingerprintAsync());
        Assert.Equal((1, 1), (await _host.CountAsync("select count(*) from automation_pause where resumed_at is not null"), await _host.CountAsync("select count(*) from timer where job_kind = 'pause.release'")));
    }

    [Fact]
    public async Task Members_and_webhooks_without_the_scope_pause_nothing_and_a_pause_that_is_not_there_is_not_found()
    {
        var id = (await _host.ResultAsync("automation.pause.set", Stage)).GetProperty("id").GetInt64();
        var before = await _host.FingerprintAsync();

        foreach (var (method, body) in ((string, string)[])[("automation.pause.list", Whole), ("automation.pause.set", Whole), ("automation.pause.resume", $$"""{"id":{{id}}}""")])
        {
            Assert.Equal("ACCESS_DENIED", (await _host.CallAsync(method, body, _host.Webhooks.Member)).Error);
            Assert.Equal("insufficient_scope", (await _host.CallAsync(method, body, _host.Webhooks.Foreign)).Error);
        }

        Assert.Equal("NOT_FOUND", (await _host.CallAsync("automation.pause.resume", $$"""{"id":{{id + 1000}}}""")).Error);
        Assert.Equal(before, await _host.FingerprintAsync());
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public Task What_does_not_fit_is_refused_by_name_and_changes_nothing(string method, string body, string argument) => _host.AssertRefusedAsync(method, body, argument);

    private async Task<List<JsonElement>> PausesAsync() => [.. (await _host.ResultAsync("automation.pause.list", Whole)).GetProperty("pauses").EnumerateArray()];
}
