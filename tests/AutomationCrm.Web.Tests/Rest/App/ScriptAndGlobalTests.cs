using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest.App;

/// <summary>automation.script.* and automation.global.*: written by administrators, launched by whoever may change the items, each command once.</summary>
public sealed class ScriptAndGlobalTests : IAsyncLifetime
{
    private const string Script = """{"entityTypeId":2,"name":"Tell","parameters":[{"name":"Reason","required":true}],"robots":[{"key":"say","type":"add_comment","settings":{"text":"Because {=Template:Reason}"}}]}""";

    private AppRestHost _host = null!;

    public static TheoryData<string, string, string> Refused => new()
    {
        { "automation.script.set", """{"entityTypeId":2,"name":"","robots":[]}""", "name" },
        { "automation.script.set", """{"entityTypeId":2,"name":"x","robots":[{"type":"no_such"}]}""", "robots[0]." },
        { "automation.script.set", """{"entityTypeId":2,"name":"x","parameters":[{"name":"A","kind":"Money"}],"robots":[]}""", "parameters[0][kind]" },
        { "automation.script.set", """{"entityTypeId":2,"id":77,"name":"x","robots":[]}""", "" },
        { "automation.script.delete", """{"entityTypeId":2,"id":77}""", "" },
        { "automation.script.launch", """{"entityTypeId":2,"id":77,"items":[1]}""", "script" },
        { "automation.script.launch.get", """{"id":77}""", "" },
        { "automation.script.launch.cancel", """{"id":77}""", "" },
        { "automation.global.set", """{"code":"1x","name":"x","kind":"Text"}""", "Code" },
        { "automation.global.set", """{"code":"X","name":"x","kind":"Stage"}""", "kind" },
        { "automation.global.set", """{"code":"X","kind":"Number","name":"x","value":"much"}""", "X" },
        { "automation.global.set", """{"code":"NO_SUCH","value":1}""", "" },
        { "automation.global.delete", """{"code":"NO_SUCH"}""", "" },
        { "automation.global.get", """{"code":"NO_SUCH"}""", "" },
    };

    public async Task InitializeAsync()
    {
        _host = await AppRestHost.StartAsync();
        await _host.ResultAsync("crm.deal.add", """{"fields":{"TITLE":"Chairs"}}""");
        await _host.ResultAsync("crm.deal.add", """{"fields":{"TITLE":"Hidden","OPENED":"N"}}""");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_script_is_saved_launched_watched_and_deleted()
    {
        var saved = await _host.ResultAsync("automation.script.set", Script);
        var id = saved.GetProperty("id").GetInt64();
        var listed = await _host.ResultAsync("automation.script.list", """{"entityTypeId":2}""", _host.Webhooks.Member);
        var launch = await _host.ResultAsync("automation.script.launch", $$$"""{"entityTypeId":2,"id":{{{id}}},"items":[1,2,99],"values":{"Reason":"of rain"}}""", _host.Webhooks.Member);
        await _host.DrainAsync();
        var told = await _host.ResultAsync("automation.script.launch.get", $$"""{"id":{{launch.GetProperty("id")}}}""", _host.Webhooks.Member);

        Assert.Equal((1, "say", 1), (saved.GetProperty("version").GetInt32(), saved.GetProperty("robots")[0].GetProperty("key").GetString(), listed.GetProperty("scripts")[0].GetProperty("robotCount").GetInt32()));
        Assert.Equal((1, 2), (launch.GetProperty("items").GetInt32(), launch.GetProperty("leftOut").GetInt32()));
        Assert.Equal((true, 1, "Completed"), (told.GetProperty("isOver").GetBoolean(), told.GetProperty("counts").GetProperty("Completed").GetInt32(), told.GetProperty("items")[0].GetProperty("state").GetString()));
        Assert.Equal(1, await _host.CountAsync("select count(*) from comment where text = 'Because of rain'"));
        Assert.Equal("NOT_FOUND", (await _host.CallAsync("automation.script.launch.get", $$"""{"id":{{launch.GetProperty("id")}}}""", _host.Webhooks.Other)).Error);
        Assert.Equal("NOT_FOUND", (await _host.CallAsync("automation.script.launch.cancel", $$"""{"id":{{launch.GetProperty("id")}}}""", _host.Webhooks.Other)).Error);

        await _host.ResultAsync("automation.script.delete", $$"""{"entityTypeId":2,"id":{{id}}}""");
        Assert.Empty((await _host.ResultAsync("automation.script.list", """{"entityTypeId":2}""")).GetProperty("scripts").EnumerateArray());
        Assert.Equal("Tell", (await _host.ResultAsync("automation.script.launch.get", $$"""{"id":{{launch.GetProperty("id")}}}""")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_script_that_a_robot_starts_stays_and_two_authors_do_not_overrule_each_other()
    {
        var id = (await _host.ResultAsync("automation.script.set", Script)).GetProperty("id").GetInt64();
        await _host.ResultAsync("automation.stage.set", $$$"""{"entityTypeId":2,"categoryId":0,"stageId":"WON","robots":[{"key":"go","type":"run_script","name":"Go","settings":{"script":"{{{id}}}","itemType":"2","link":"any"}}]}""");
        var second = await _host.ResultAsync("automation.script.set", $$"""{"entityTypeId":2,"id":{{id}},"name":"Tell more","robots":[],"basedOn":1}""");

        Assert.Equal(2, second.GetProperty("version").GetInt32());
        Assert.Equal("CONFLICT", (await _host.CallAsync("automation.script.set", $$"""{"entityTypeId":2,"id":{{id}},"name":"Mine","robots":[],"basedOn":1}""")).Error);
        Assert.Equal("script.used", (await _host.CallAsync("automation.script.delete", $$"""{"entityTypeId":2,"id":{{id}}}""")).Error);
    }

    [Fact]
    public async Task Launching_needs_the_right_to_change_the_items()
    {
        var id = (await _host.ResultAsync("automation.script.set", Script)).GetProperty("id").GetInt64();

        Assert.Equal("ACCESS_DENIED", (await _host.CallAsync("automation.script.launch", $$$"""{"entityTypeId":2,"id":{{{id}}},"items":[2],"values":{"Reason":"x"}}""", _host.Webhooks.Member)).Error);
        Assert.Equal("parameter.required", (await _host.CallAsync("automation.script.launch", $$"""{"entityTypeId":2,"id":{{id}},"items":[1]}""")).Error);
        Assert.Equal("ACCESS_DENIED", (await _host.CallAsync("automation.script.set", Script, _host.Webhooks.Member)).Error);
        Assert.Equal("ACCESS_DENIED", (await _host.CallAsync("automation.global.list", "{}", _host.Webhooks.Member)).Error);
    }

    [Fact]
    public async Task A_global_value_is_added_changed_described_and_deleted()
    {
        await _host.ResultAsync("automation.global.set", """{"code":"GOAL","kind":"Number","name":"Goal","value":"1000.5"}""");
        await _host.ResultAsync("automation.global.set", """{"code":"TEAM","kind":"User","name":"Team","multiple":true,"value":["user_1",2]}""");
        await _host.ResultAsync("automation.global.set", """{"code":"PRICE","kind":"Money","name":"Price","constant":true,"value":"300|EUR"}""");
        var changed = await _host.ResultAsync("automation.global.set", """{"code":"goal","name":"Goal of the year","value":2000,"basedOn":1}""");
        var values = (await _host.ResultAsync("automation.global.list")).GetProperty("values").EnumerateArray().ToDictionary(v => v.GetProperty("code").GetString()!, v => v.GetProperty("value").GetRawText());

        Assert.Equal(("Goal of the year", 2, 2), (changed.GetProperty("name").GetString(), changed.GetProperty("version").GetInt32(), changed.GetProperty("history").GetArrayLength()));
        Assert.Equal(("2000", "[1,2]", "\"300|EUR\""), (values["GOAL"], values["TEAM"], values["PRICE"]));
        Assert.Equal("CONFLICT", (await _host.CallAsync("automation.global.set", """{"code":"GOAL","value":1,"basedOn":1}""")).Error);

        await _host.ResultAsync("automation.global.delete", """{"code":"goal"}""");
        Assert.Equal("NOT_FOUND", (await _host.CallAsync("automation.global.get", """{"code":"GOAL"}""")).Error);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_does_not_fit_is_refused_by_name_and_changes_nothing(string method, string body, string argument)
    {
        var before = await _host.FingerprintAsync();

        var answer = await _host.CallAsync(method, body);

        Assert.Equal(400, (int)answer.Status);
        Assert.NotEmpty(answer.Description);
        if (argument.Length > 0) Assert.Contains(argument, answer.Json.GetProperty("argument").GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, await _host.FingerprintAsync());
    }

    [Fact]
    public async Task A_repeated_command_id_has_one_effect_in_and_outside_a_batch()
    {
        var script = (await _host.ResultAsync("automation.script.set", Script)).GetProperty("id").GetInt64();
        foreach (var (method, body) in ((string, string)[])
        [
            ("automation.script.set", Script),
            ("automation.script.launch", $$$"""{"entityTypeId":2,"id":{{{script}}},"items":[1],"values":{"Reason":"x"}}"""),
            ("automation.global.set", """{"code":"ONCE","kind":"Number","name":"Once","value":1}"""),
            ("automation.global.set", """{"code":"ONCE","name":"Again","value":5}"""),
            ("batch", """{"cmd":["automation.global.set?code=TWICE&kind=Text&name=Twice","automation.script.delete?entityTypeId=2&id=SCRIPT"]}""".Replace("SCRIPT", $"{script}", StringComparison.Ordinal)),
            ("automation.global.delete", """{"code":"ONCE"}"""),
        ])
        {
            var id = ("X-Command-Id", Guid.CreateVersion7().ToString());
            var first = await _host.CallAsync(method, body, headers: id);
            var before = await _host.FingerprintAsync();
            var second = await _host.CallAsync(method, body, headers: id);

            Assert.Equal(200, (int)first.Status);
            Assert.DoesNotContain("error_description", first.Body + second.Body, StringComparison.Ordinal);
            Assert.Equal(200, (int)second.Status);
            Assert.Equal(before, await _host.FingerprintAsync());
        }

        Assert.Equal((1, 1), (await _host.CountAsync("select count(*) from config_version where kind = 'script'"), await _host.CountAsync("select count(*) from launch")));
    }
}
