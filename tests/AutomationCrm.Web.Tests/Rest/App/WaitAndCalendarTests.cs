using System.Globalization;
using System.Text.Json;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest.App;

/// <summary>What automation.wait.* and automation.calendar.* do, and what they refuse without changing anything.</summary>
public sealed class WaitAndCalendarTests : IAsyncLifetime
{
    private const string Week = """{"monday":{"start":"09:00","end":"18:00"},"tuesday":{"start":"10:00","end":"16:30"}}""";

    private AppRestHost _host = null!;

    public async Task InitializeAsync() => _host = await AppRestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_waits_on_an_item_is_listed_and_can_be_run_now()
    {
        var deal = await WaitingAsync();

        var wait = Assert.Single(await WaitsAsync(deal));
        Assert.Equal(("later", "delay", "PREPARATION"), (wait.GetProperty("key").GetString(), wait.GetProperty("code").GetString(), wait.GetProperty("stageId").GetString()));
        Assert.InRange(wait.GetProperty("dueTime").GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddHours(23), TimeProvider.System.GetUtcNow().AddHours(25));

        Assert.True((await _host.ResultAsync("automation.wait.run", Of(wait))).GetBoolean());
        await _host.DrainAsync();

        Assert.Equal(1, await _host.CountAsync("select count(*) from comment where text = 'a day later'"));
        Assert.Empty(await WaitsAsync(deal));
    }

    [Fact]
    public async Task A_wait_is_postponed_to_the_moment_given()
    {
        var deal = await WaitingAsync();
        var robotRun = Assert.Single(await WaitsAsync(deal)).GetProperty("robotRunId").GetInt64();

        var day = TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await _host.ResultAsync("automation.wait.postpone", $$"""{"robotRunId":{{robotRun}},"until":"{{day}}T09:00:00+02:00"}""");

        Assert.Equal(DateTimeOffset.Parse($"{day}T07:00:00Z", CultureInfo.InvariantCulture), Assert.Single(await WaitsAsync(deal)).GetProperty("dueTime").GetDateTimeOffset());
        Assert.Equal(1, await _host.CountAsync($"select count(*) from timer where due_at = '{day}T07:00:00Z'"));
    }

    [Fact]
    public async Task A_cancelled_wait_never_runs()
    {
        var deal = await WaitingAsync();

        await _host.ResultAsync("automation.wait.cancel", Of(Assert.Single(await WaitsAsync(deal))));
        await _host.DrainAsync();

        Assert.Empty(await WaitsAsync(deal));
        Assert.Equal(0, await _host.CountAsync("select count(*) from timer where robot_run_id is not null"));
        Assert.Equal(0, await _host.CountAsync("select count(*) from comment"));
    }

    [Fact]
    public async Task A_wait_that_is_not_there_and_a_moment_that_is_none_change_nothing()
    {
        var deal = await WaitingAsync();
        var robotRun = Assert.Single(await WaitsAsync(deal)).GetProperty("robotRunId").GetInt64();
        var before = await _host.FingerprintAsync();

        foreach (var method in (string[])["automation.wait.run", "automation.wait.cancel"])
            Assert.Equal("NOT_FOUND", (await _host.CallAsync(method, """{"robotRunId":999999999}""")).Error);
        Assert.Equal(400, (int)(await _host.CallAsync("automation.wait.postpone", $$"""{"robotRunId":{{robotRun}},"until":"soon"}""")).Status);
        Assert.Equal(400, (int)(await _host.CallAsync("automation.wait.postpone", $$"""{"robotRunId":{{robotRun}}}""")).Status);
        Assert.Equal("NOT_FOUND", (await _host.CallAsync("automation.wait.list", """{"entityTypeId":2,"itemId":99}""")).Error);

        Assert.Equal(before, await _host.FingerprintAsync());
    }

    [Fact]
    public async Task The_calendar_is_published_as_a_version_and_read_back()
    {
        var first = await _host.ResultAsync("automation.calendar.get");
        Assert.Equal(0, first.GetProperty("version").GetInt32());

        await _host.ResultAsync("automation.calendar.set", $$"""{"timeZone":"Europe/Berlin","language":"ru","week":{{Week}},"yearlyHolidays":["12-25"],"daysOff":["2026-04-03"],"workingDays":["2026-04-04"],"basedOn":0}""");

        var now = await _host.ResultAsync("automation.calendar.get");
        Assert.Equal((1, "Europe/Berlin", "ru"), (now.GetProperty("version").GetInt32(), now.GetProperty("timeZone").GetString(), now.GetProperty("language").GetString()));
        Assert.Equal("16:30", now.GetProperty("week").GetProperty("tuesday").GetProperty("end").GetString());
        Assert.Equal(["12-25", "2026-04-03", "2026-04-04"], new[] { "yearlyHolidays", "daysOff", "workingDays" }.Select(n => Assert.Single(now.GetProperty(n).EnumerateArray()).GetString()));
    }

    [Fact]
    public async Task A_calendar_is_refused_from_members_over_a_newer_version_and_with_bad_values()
    {
        await _host.ResultAsync("automation.calendar.set", $$"""{"timeZone":"UTC","week":{{Week}}}""");
        var before = await _host.FingerprintAsync();

        Assert.Equal("ACCESS_DENIED", (await _host.CallAsync("automation.calendar.get", "{}", _host.Webhooks.Member)).Error);
        Assert.Equal("ACCESS_DENIED", (await _host.CallAsync("automation.calendar.set", $$"""{"timeZone":"UTC","week":{{Week}}}""", _host.Webhooks.Member)).Error);
        Assert.Equal(409, (int)(await _host.CallAsync("automation.calendar.set", $$"""{"timeZone":"UTC","week":{{Week}},"basedOn":0}""")).Status);
        foreach (var bad in (string[])[
            $$"""{"timeZone":"Mars/Base","week":{{Week}}}""",
            $$"""{"timeZone":"UTC","language":"xx","week":{{Week}}}""",
            """{"timeZone":"UTC","week":{"monday":{"start":"18:00","end":"09:00"}}}""",
            """{"timeZone":"UTC","week":{"someday":{"start":"09:00","end":"18:00"}}}""",
            $$"""{"timeZone":"UTC","week":{{Week}},"yearlyHolidays":["13-40"]}""",
            $$"""{"timeZone":"UTC","week":{{Week}},"daysOff":["tomorrow"]}"""])
            Assert.Equal((400, bad), ((int)(await _host.CallAsync("automation.calendar.set", bad)).Status, bad));

        Assert.Equal(before, await _host.FingerprintAsync());
    }

    private static string Of(JsonElement wait) => $$"""{"robotRunId":{{wait.GetProperty("robotRunId").GetInt64()}}}""";

    private async Task<List<JsonElement>> WaitsAsync(long deal) =>
        [.. (await _host.ResultAsync("automation.wait.list", $$"""{"entityTypeId":2,"itemId":{{deal}}}""")).GetProperty("waits").EnumerateArray()];

    /// <summary>A deal on whose stage a robot waits for a day; answers its number.</summary>
    private async Task<long> WaitingAsync()
    {
        await _host.ResultAsync("automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION","robots":[{"key":"later","type":"add_comment","delay":{"after":"P1D"},"settings":{"text":"a day later"}}]}""");
        var deal = (await _host.ResultAsync("crm.deal.add", """{"fields":{"TITLE":"Chairs","STAGE_ID":"PREPARATION"}}""")).GetInt64();
        await _host.DrainAsync();
        return deal;
    }
}
