using AutomationCrm.Testing;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest.App;

/// <summary>Our own methods, which are strict: contracts as approved text.</summary>
public sealed class AutomationContractTests : IAsyncLifetime
{
    private AppRestHost _host = null!;
    private Transcript _transcript = null!;

    public async Task InitializeAsync()
    {
        _host = await AppRestHost.StartAsync();
        _transcript = new Transcript(_host);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Robots_of_a_stage()
    {
        const string robots = """
            [{"key":"note","type":"add_comment","name":"Note","settings":{"text":"Contract for {=Document:TITLE}"},"delay":{"after":"PT10M"},"condition":{"all":[{"field":"OPPORTUNITY","op":"gt","value":1000}]},"survives":true},{"key":"second","type":"add_comment","settings":{"text":"then"},"afterPrevious":true,"enabled":false}]
            """;
        await CallAsync("automation.stage.get", """{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION"}""");
        await CallAsync("automation.stage.set", "{\"entityTypeId\":2,\"categoryId\":0,\"stageId\":\"PREPARATION\",\"basedOn\":0,\"undoSeconds\":0,\"robots\":" + robots.Trim() + "}");
        await CallAsync("automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION","basedOn":1,"robots":[]}""");
        await CallAsync("automation.stage.get", """{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION","version":1}""");
        await CallAsync("automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION","basedOn":1,"robots":[]}""");

        await CallAsync("automation.stage.get", """{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION","version":9}""");
        await CallAsync("automation.stage.get", """{"entityTypeId":2,"categoryId":1,"stageId":"PREPARATION"}""");
        await CallAsync("automation.stage.get", """{"entityTypeId":2,"categoryId":0,"stageId":"NOWHERE"}""");
        await CallAsync("automation.stage.get", """{"entityTypeId":4,"categoryId":0,"stageId":"NEW"}""");
        await CallAsync("automation.stage.get", """{"entityTypeId":2,"stageId":"NEW"}""");
        await CallAsync("automation.stage.get", """{"entityTypeId":2,"categoryId":0,"stageId":"NEW","extra":1}""");
        await SetAsync("""[{"settings":{}}]""");
        await SetAsync("""[{"type":"no_such"}]""");
        await SetAsync("""[{"type":"add_comment"}]""");
        await SetAsync("""[{"type":"add_comment","settings":{"text":"x","more":"y"}}]""");
        await SetAsync("""[{"type":"add_comment","settings":{"text":"{=Document:NO_SUCH}"}}]""");
        await SetAsync("""[{"type":"add_comment","settings":{"text":{"a":{"b":"c"}}}}]""");
        await SetAsync("""[{"type":"add_comment","settings":{"text":"x"},"delay":{"after":"soon"}}]""");
        await SetAsync("""[{"type":"add_comment","settings":{"text":"x"},"delay":"PT1M"}]""");
        await SetAsync("""[{"type":"add_comment","settings":{"text":"x"},"condition":{"all":[{"field":"NO_SUCH","op":"eq","value":"1"}]}}]""");
        await SetAsync("""[{"type":"add_comment","settings":{"text":"x"},"condition":{"all":[{"field":"OPPORTUNITY","op":"about","value":"1"}]}}]""");
        await SetAsync("""[{"type":"add_comment","settings":{"text":"x"},"condition":{"any":[{"field":"TITLE","op":"eq"},{"not":{"field":"nobody:Result","op":"filled"}}]}}]""");
        await SetAsync("""[{"type":"add_comment","settings":{"text":"x"},"condition":{"any":[{"field":"COMPANY.TITLE","op":"changed"},{"not":{"field":"nobody:Result","op":"filled"}}]}}]""");
        await SetAsync("""[{"type":"add_comment","settings":{"text":"x"},"delay":{"at":"NO_SUCH","offset":"soon","time":"25:00","empty":"never","past":"ever"},"onError":{"then":"panic"}}]""");
        await SetAsync("""[{"key":"all","type":"add_comment","settings":{"text":"x"},"delay":{"at":"CLOSEDATE","offset":"-P1D","time":"09:00","workTime":true,"empty":"skip","past":"skip","recompute":true},"condition":{"any":[{"field":"COMPANY.TITLE","op":"filled"},{"not":{"field":"STAGE_ID","op":"changed","from":"NEW"}}]},"onError":{"then":"continue","attempts":2,"pause":"PT1M"}}]""");
        await SetAsync("""[{"type":"add_comment","settings":{"text":"x"},"colour":"red"}]""");
        await SetAsync("""[{"key":"a","type":"add_comment","settings":{"text":"x"}},{"key":"a","type":"add_comment","settings":{"text":"x"}}]""");
        await CallAsync("automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"NEW","robots":[],"undoSeconds":99999}""");
        Approved.Text("stage", _transcript.ToString());
    }

    [Fact]
    public async Task What_robots_did_for_an_item()
    {
        await _host.ResultAsync("automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION","robots":[{"key":"note","type":"add_comment","name":"Note","settings":{"text":"About {=Document:TITLE}"}},{"key":"big","type":"add_comment","name":"Big","settings":{"text":"Big"},"condition":{"all":[{"field":"OPPORTUNITY","op":"gt","value":"1000"}]}}]}""");
        await _host.ResultAsync("crm.deal.add", """{"fields":{"TITLE":"Chairs","OPPORTUNITY":5}}""");
        await CallAsync("automation.run.list", """{"filter":{"entityTypeId":2,"itemId":1}}""");
        await _host.ResultAsync("crm.deal.update", """{"id":1,"fields":{"STAGE_ID":"PREPARATION"}}""");
        await _host.DrainAsync();
        var runs = await _host.ResultAsync("automation.run.list", """{"filter":{"entityTypeId":2,"itemId":1}}""");
        var run = Assert.Single(runs.GetProperty("runs").EnumerateArray());
        var robots = run.GetProperty("robots").EnumerateArray().Select(r => (r.GetProperty("key").GetString(), r.GetProperty("state").GetString(), r.GetProperty("code").GetString()));
        Assert.Equal(("PREPARATION", "Done", "rest"), (run.GetProperty("stageId").GetString(), run.GetProperty("state").GetString(), run.GetProperty("cause").GetString()));
        Assert.Equal([("note", "Done", null), ("big", "Skipped", "condition.false")], robots);
        Assert.Equal("About Chairs", run.GetProperty("robots")[0].GetProperty("settings").GetProperty("text").GetString());
        var condition = run.GetProperty("robots")[1].GetProperty("condition");
        Assert.Equal((false, 5, "1000"), (condition.GetProperty("holds").GetBoolean(), condition.GetProperty("all")[0].GetProperty("left").GetInt32(), condition.GetProperty("all")[0].GetProperty("value").GetString()));

        await CallAsync("automation.run.list", """{"filter":{"entityTypeId":2,"itemId":99}}""");
        await CallAsync("automation.run.list", """{"filter":{"entityTypeId":2}}""");
        await CallAsync("automation.run.list", """{"filter":{"entityTypeId":999,"itemId":1}}""");
        await CallAsync("automation.run.list");
        await CallAsync("automation.robot.types", """{"all":1}""");
        Approved.Text("runs", _transcript.ToString());
    }

    [Fact]
    public async Task Incidents_and_their_decision()
    {
        await _host.ResultAsync("automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION","robots":[{"type":"add_comment","settings":{"text":"x"}}]}""");
        await CallAsync("automation.incident.list");
        await _host.CallAsync("crm.deal.add", """{"fields":{"TITLE":"Round and round","STAGE_ID":"PREPARATION"}}""", headers: ("X-AutomationCrm-Chain", $"{Guid.CreateVersion7()};21;1"));
        var incident = Assert.Single((await _host.ResultAsync("automation.incident.list")).GetProperty("incidents").EnumerateArray());
        Assert.Equal(("budget.depth", "Round and round", "PREPARATION"), (incident.GetProperty("code").GetString(), incident.GetProperty("itemTitle").GetString(), incident.GetProperty("stageId").GetString()));
        var id = incident.GetProperty("id").GetInt64();

        Assert.Equal("incident.action", (await _host.CallAsync("automation.incident.resolve", $"{{\"id\":{id},\"action\":\"retry\"}}")).Error);
        Assert.Equal("acknowledge", Assert.Single(incident.GetProperty("actions").EnumerateArray()).GetString());
        Assert.True((await _host.ResultAsync("automation.incident.resolve", $"{{\"id\":{id},\"action\":\"acknowledge\"}}")).GetBoolean());
        Assert.Equal("incident.resolved", (await _host.CallAsync("automation.incident.resolve", $"{{\"id\":{id},\"action\":\"acknowledge\"}}")).Error);
        await CallAsync("automation.incident.list");
        await CallAsync("automation.incident.resolve", """{"id":999999999,"action":"retry"}""");
        await CallAsync("automation.incident.resolve", """{"id":1,"action":"forget"}""");
        await CallAsync("automation.incident.resolve", """{"id":1}""");
        await CallAsync("automation.incident.list", """{"filter":{}}""");
        Approved.Text("incidents", _transcript.ToString());
    }

    [Fact]
    public async Task Every_robot_type_is_described()
    {
        var types = (await _host.ResultAsync("automation.robot.types")).GetProperty("types").EnumerateArray().ToList();

        Assert.Contains("add_comment", types.Select(t => t.GetProperty("code").GetString()));
        Assert.All(types, t => Assert.NotEmpty(t.GetProperty("group").GetString()!));
    }

    private Task SetAsync(string robots) => CallAsync("automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"NEW","robots":ROBOTS}""".Replace("ROBOTS", robots));

    private async Task CallAsync(string method, string body = "{}") => await _transcript.CallAsync(method, body);
}
