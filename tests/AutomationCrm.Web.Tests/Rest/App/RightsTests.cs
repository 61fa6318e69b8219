using AutomationCrm.Testing;
using AutomationCrm.Web.Rest;
using AutomationCrm.Web.Rest.Protocol.Methods;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest.App;

/// <summary>Who may do what: every method for every kind of webhook, and members among themselves.</summary>
public sealed class RightsTests : IAsyncLifetime
{
    private AppRestHost _host = null!;

    public async Task InitializeAsync() => _host = await AppRestHost.StartAsync(("Rest:FailedSignInsPerMinute", "100000"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Every_method_for_every_webhook()
    {
        var lines = new List<string>();
        foreach (var method in RestApi.Table.Methods)
        {
            var answers = new List<string>();
            foreach (var (name, hook) in _host.Webhooks.All) answers.Add($"{name} {await GateAsync(method, hook)}");
            lines.Add($"{method.Name}: {string.Join(", ", answers)}");
        }

        Approved.Text("matrix", string.Join('\n', lines));
    }

    [Fact]
    public async Task What_is_not_open_is_not_found_by_others()
    {
        var (member, other) = (_host.Webhooks.Member, _host.Webhooks.Other);
        await _host.ResultAsync("crm.deal.add", """{"fields":{"TITLE":"Secret","OPENED":"N"}}""", member);
        var before = await _host.FingerprintAsync();

        Assert.Equal("Not found", (await _host.CallAsync("crm.deal.get", """{"id":1}""", other)).Description);
        Assert.Equal("Not found", (await _host.CallAsync("crm.deal.update", """{"id":1,"fields":{"TITLE":"Mine"}}""", other)).Description);
        Assert.Equal("Not found", (await _host.CallAsync("crm.deal.delete", """{"id":1}""", other)).Description);
        Assert.Equal("NOT_FOUND", (await _host.CallAsync("crm.item.get", """{"entityTypeId":2,"id":1}""", other)).Error);
        Assert.Equal("NOT_FOUND", (await _host.CallAsync("crm.item.update", """{"entityTypeId":2,"id":1,"fields":{"fm":{"n0":{"typeId":"PHONE","value":"1"}}}}""", other)).Error);
        Assert.Equal("NOT_FOUND", (await _host.CallAsync("automation.run.list", """{"filter":{"entityTypeId":2,"itemId":1}}""", other)).Error);
        Assert.Equal(0, (await _host.CallAsync("crm.deal.list", "{}", other)).Json.GetProperty("total").GetInt32());
        Assert.Equal(before, await _host.FingerprintAsync());

        Assert.Equal(1, (await _host.CallAsync("crm.deal.list", "{}", member)).Json.GetProperty("total").GetInt32());
        Assert.Equal("Secret", (await _host.ResultAsync("crm.deal.get", """{"id":1}""")).GetProperty("TITLE").GetString());
    }

    [Fact]
    public async Task A_member_changes_what_is_open_and_deletes_only_his_own()
    {
        var (member, other) = (_host.Webhooks.Member, _host.Webhooks.Other);
        await _host.ResultAsync("crm.deal.add", """{"fields":{"TITLE":"Open"}}""", member);

        await _host.ResultAsync("crm.deal.update", """{"id":1,"fields":{"TITLE":"Changed"}}""", other);
        var answer = await _host.CallAsync("crm.deal.delete", """{"id":1}""", other);
        Assert.Equal(("", "Access denied."), (answer.Error, answer.Description));
        Assert.Equal("ACCESS_DENIED", (await _host.CallAsync("crm.item.delete", """{"entityTypeId":2,"id":1}""", other)).Error);
        await _host.ResultAsync("crm.deal.delete", """{"id":1}""", member);
    }

    [Fact]
    public async Task An_observer_reads_and_changes_nothing()
    {
        var (member, other) = (_host.Webhooks.Member, _host.Webhooks.Other);
        await _host.ResultAsync("crm.deal.add", $$$"""{"fields":{"TITLE":"Watched","OPENED":"N","OBSERVERS":[{{{other.Person}}}]}}""", member);

        Assert.Equal("Watched", (await _host.ResultAsync("crm.deal.get", """{"id":1}""", other)).GetProperty("TITLE").GetString());
        Assert.Equal(1, (await _host.CallAsync("crm.item.list", """{"entityTypeId":2}""", other)).Json.GetProperty("total").GetInt32());
        await _host.ResultAsync("automation.run.list", """{"filter":{"entityTypeId":2,"itemId":1}}""", other);
        Assert.Equal("Access denied.", (await _host.CallAsync("crm.deal.update", """{"id":1,"fields":{"TITLE":"Mine"}}""", other)).Description);
        Assert.Equal("ACCESS_DENIED", (await _host.CallAsync("crm.item.delete", """{"entityTypeId":2,"id":1}""", other)).Error);
        Assert.Equal("Watched", (await _host.ResultAsync("crm.deal.get", """{"id":1}""")).GetProperty("TITLE").GetString());
    }

    // A refusal of the gate; anything else came through to the method.
    private async Task<string> GateAsync(RestMethod method, TestWebhook hook)
    {
        var answer = await _host.CallAsync(method.Name, "{}", hook);
        return (int)answer.Status is 401 or 403 ? $"{(int)answer.Status} {answer.Error}" : "yes";
    }
}
