using System.Net;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest.App;

/// <summary>What writing leaves in the database, and what a refusal does not.</summary>
public sealed class WriteTests : IAsyncLifetime
{
    private AppRestHost _host = null!;

    public static TheoryData<string, string> Refused => new()
    {
        { "crm.deal.add", """{"fields":{"TITLE":"x","OPPORTUNITY":"much"}}""" },
        { "crm.deal.add", """{"fields":{"TITLE":"x","OPPORTUNITY":1e20}}""" },
        { "crm.deal.add", """{"fields":{"TITLE":"x","COMPANY_ID":99}}""" },
        { "crm.deal.add", """{"fields":{"TITLE":"x","STAGE_ID":"NOWHERE"}}""" },
        { "crm.deal.add", """{"fields":{"TITLE":"a\u0000b"}}""" },
        { "crm.deal.add", """{"fields":{"TITLE":["x"]}}""" },
        { "crm.deal.add", """{"fields":{"CATEGORY_ID":"x"}}""" },
        { "crm.deal.add", "{\"fields\":{\"TITLE\":\"" + new string('x', 300) + "\"}}" },
        { "crm.deal.add", """{"fields":{"BEGINDATE":"2026-02-30"}}""" },
        { "crm.deal.update", """{"id":1,"fields":{"TITLE":"y","OPPORTUNITY":"much"}}""" },
        { "crm.deal.update", """{"id":1,"fields":{"TITLE":""}}""" },
        { "crm.deal.update", """{"id":1,"fields":{"STAGE_ID":"C1:NEW"}}""" },
        { "crm.deal.update", """{"id":99,"fields":{"TITLE":"y"}}""" },
        { "crm.deal.delete", """{"id":99}""" },
        { "crm.item.add", """{"entityTypeId":999,"fields":{"title":"x"}}""" },
        { "crm.item.update", """{"entityTypeId":2,"id":1,"fields":{"title":"y","assignedById":99}}""" },
        { "crm.item.update", """{"entityTypeId":2,"id":1,"fields":{"title":"y","categoryId":99}}""" },
        { "crm.item.delete", """{"entityTypeId":4,"id":99}""" },
        { "crm.company.add", """{"fields":{"TITLE":"x","PHONE":[{"VALUE":"LONG"}]}}""".Replace("LONG", new string('1', 300)) },
        { "automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"NEW","robots":[{"type":"no_such"}]}""" },
        { "automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"NEW","robots":[{"type":"send_sms","settings":{"to":"client","text":"x","provider":"Nobody"}}]}""" },
        { "automation.stage.set", """{"entityTypeId":2,"categoryId":1,"stageId":"NEW","robots":[]}""" },
    };

    public async Task InitializeAsync()
    {
        _host = await AppRestHost.StartAsync();
        await _host.ResultAsync("crm.deal.add", """{"fields":{"TITLE":"First"}}""");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_refused_write_leaves_the_database_as_it_was(string method, string body)
    {
        var before = await _host.FingerprintAsync();

        var answer = await _host.CallAsync(method, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.NotEmpty(answer.Description);
        Assert.Equal(before, await _host.FingerprintAsync());
    }

    [Theory]
    [InlineData("crm.deal.add", """{"fields":{"TITLE":"Twice"}}""", "Twice")]
    [InlineData("crm.item.add", """{"entityTypeId":2,"fields":{"title":"Twice"}}""", "Twice")]
    [InlineData("crm.deal.update", """{"id":1,"fields":{"TITLE":"Twice"}}""", "Twice")]
    [InlineData("batch", """{"cmd":["crm.deal.add?fields[TITLE]=Twice","crm.deal.add?fields[TITLE]=Thrice"]}""", "Twice")]
    public async Task A_repeated_command_id_gives_the_same_answer_and_one_effect(string method, string body, string title)
    {
        var id = Guid.CreateVersion7().ToString();

        var first = await _host.CallAsync(method, body, headers: ("X-Command-Id", id));
        var before = await _host.FingerprintAsync();
        var second = await _host.CallAsync(method, body, headers: ("X-Command-Id", id));

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(WithoutTimes(first), WithoutTimes(second));
        Assert.Equal(before, await _host.FingerprintAsync());
        Assert.Equal(1, await _host.CountAsync($"select count(*) from item where title = '{title}'"));
    }

    [Fact]
    public async Task A_repeated_command_id_publishes_the_robots_of_a_stage_once()
    {
        const string Body = """{"entityTypeId":2,"categoryId":0,"stageId":"NEW","robots":[{"key":"one","type":"add_comment","settings":{"text":"here"}}]}""";
        var id = Guid.CreateVersion7().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _host.CallAsync("automation.stage.set", Body, headers: ("X-Command-Id", id))));
        var other = await _host.CallAsync("automation.stage.set", Body, headers: ("X-Command-Id", Guid.CreateVersion7().ToString()));

        Assert.All(answers, answer => Assert.Equal(1, answer.Result.GetProperty("version").GetInt32()));
        Assert.Equal(2, other.Result.GetProperty("version").GetInt32());
        Assert.Equal(2, await _host.CountAsync("select count(*) from config_version"));
    }

    [Fact]
    public async Task A_deleted_item_is_deleted_once_for_one_command_id()
    {
        var id = Guid.CreateVersion7().ToString();

        Assert.Equal(HttpStatusCode.OK, (await _host.CallAsync("crm.deal.delete", """{"id":1}""", headers: ("X-Command-Id", id))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _host.CallAsync("crm.deal.delete", """{"id":1}""", headers: ("X-Command-Id", id))).Status);
        Assert.Equal("Not found", (await _host.CallAsync("crm.deal.delete", """{"id":1}""")).Description);
    }

    [Fact]
    public async Task An_update_without_a_change_writes_nothing()
    {
        var before = await _host.FingerprintAsync();

        await _host.ResultAsync("crm.item.update", """{"entityTypeId":2,"id":1,"fields":{"title":"First"}}""");

        Assert.Equal(before, await _host.FingerprintAsync());
    }

    [Fact]
    public async Task Phones_that_two_programs_change_at_once_are_both_kept()
    {
        await _host.ResultAsync("crm.company.add", """{"fields":{"TITLE":"Oak"}}""");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => _host.ResultAsync("crm.company.update", "{\"id\":1,\"fields\":{\"PHONE\":[{\"VALUE\":\"+" + i + "\"}]}}")));

        var phones = (await _host.ResultAsync("crm.company.get", """{"id":1}""")).GetProperty("PHONE").EnumerateArray().Select(p => p.GetProperty("VALUE").GetString()).Order();
        Assert.Equal(["+0", "+1", "+2", "+3"], phones);
    }

    [Fact]
    public async Task A_request_from_a_chain_of_causes_joins_it()
    {
        var chain = Guid.CreateVersion7();
        await _host.ResultAsync("automation.stage.set", """{"entityTypeId":2,"categoryId":0,"stageId":"PREPARATION","robots":[{"type":"add_comment","settings":{"text":"here"}}]}""");

        await _host.CallAsync("crm.deal.update", """{"id":1,"fields":{"STAGE_ID":"PREPARATION"}}""", headers: ("X-AutomationCrm-Chain", $"{chain};7;12"));
        await _host.CallAsync("batch", """{"cmd":["crm.deal.add?fields[TITLE]=x&fields[STAGE_ID]=PREPARATION"]}""", headers: ("X-AutomationCrm-Chain", $"{chain};20;12"));
        await _host.CallAsync("batch", """{"cmd":["crm.deal.add?fields[TITLE]=x&fields[STAGE_ID]=PREPARATION"]}""", headers: ("X-AutomationCrm-Chain", $"{chain};21;12"));

        Assert.Equal(7, await _host.CountAsync($"select depth from run where chain_id = '{chain}' and item_id = 1"));
        Assert.Equal(3, await _host.CountAsync($"select count(*) from run where chain_id = '{chain}'"));
        Assert.Equal(1, await _host.CountAsync("select count(*) from incident where code = 'budget.depth'"));
    }

    private static string WithoutTimes(Answer answer)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(answer.Body)!.AsObject();
        node.Remove("time");
        if (node["result"] is System.Text.Json.Nodes.JsonObject result) result.Remove("result_time");
        return node.ToJsonString();
    }
}
