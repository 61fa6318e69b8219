using System.Text.Json;
using AutomationCrm.Web.Tests.Rest.Hosting;

namespace AutomationCrm.Web.Tests.Rest.App;

/// <summary>Comments, to-dos, activities and notifications as Bitrix24 clients use them.</summary>
public sealed class TimelineMethodTests : IAsyncLifetime
{
    private const string Comment = """{"fields":{"ENTITY_ID":1,"ENTITY_TYPE":"deal","COMMENT":"Called back"}}""";
    private const string Todo = """{"ownerTypeId":2,"ownerId":1,"deadline":"2026-05-01T09:00:00+00:00","description":"Send the offer\nby mail"}""";

    private AppRestHost _host = null!;

    public static TheoryData<string, string, string> Refused => new()
    {
        { "crm.timeline.comment.add", """{"fields":{"ENTITY_ID":99,"ENTITY_TYPE":"deal","COMMENT":"x"}}""", "OWNER_NOT_FOUND" },
        { "crm.timeline.comment.add", """{"fields":{"ENTITY_ID":1,"ENTITY_TYPE":"no_such","COMMENT":"x"}}""", "OWNER_NOT_FOUND" },
        { "crm.timeline.comment.add", """{"fields":{"ENTITY_ID":1,"ENTITY_TYPE":"deal","COMMENT":""}}""", "INVALID_ARG_VALUE" },
        { "crm.timeline.comment.add", """{"fields":{"ENTITY_ID":1,"ENTITY_TYPE":"deal","COMMENT":"x","FILES":[["a.txt","YQ=="]]}}""", "INVALID_ARG_VALUE" },
        { "crm.timeline.comment.add", "{}", "100" },
        { "crm.timeline.comment.get", """{"id":99}""", "" },
        { "crm.timeline.comment.list", """{"filter":{"ENTITY_ID":1}}""", "" },
        { "crm.timeline.comment.list", """{"filter":{"ENTITY_ID":99,"ENTITY_TYPE":"deal"}}""", "" },
        { "crm.activity.todo.add", """{"ownerTypeId":2,"ownerId":99,"deadline":"2026-05-01"}""", "OWNER_NOT_FOUND" },
        { "crm.activity.todo.add", """{"ownerTypeId":2,"ownerId":1,"deadline":"soon"}""", "WRONG_DATETIME_FORMAT" },
        { "crm.activity.todo.add", """{"ownerTypeId":2,"ownerId":1}""", "100" },
        { "crm.activity.todo.updateDeadline", """{"id":99,"ownerTypeId":2,"ownerId":1,"value":"2026-05-01"}""", "NOT_FOUND" },
        { "crm.activity.add", """{"fields":{"OWNER_TYPE_ID":2,"OWNER_ID":1,"TYPE_ID":4,"SUBJECT":"x"}}""", "" },
        { "crm.activity.add", """{"fields":{"OWNER_TYPE_ID":2,"OWNER_ID":99,"TYPE_ID":2,"SUBJECT":"x"}}""", "" },
        { "crm.activity.get", """{"id":99}""", "" },
        { "im.notify", """{"MESSAGE":"x"}""", "USER_ID_EMPTY" },
        { "im.notify.personal.add", """{"USER_ID":1}""", "MESSAGE_EMPTY" },
        { "im.notify.system.add", """{"USER_ID":99,"MESSAGE":"x"}""", "" },
        { "im.notify.personal.add", """{"USER_ID":1,"MESSAGE":"x","ATTACH":[{"MESSAGE":"y"}]}""", "ATTACH_ERROR" },
    };

    public async Task InitializeAsync()
    {
        _host = await AppRestHost.StartAsync();
        await _host.ResultAsync("crm.deal.add", """{"fields":{"TITLE":"Chairs","OPENED":"N"}}""");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Comments_are_added_read_and_listed_by_whoever_reads_the_item()
    {
        var id = (await _host.ResultAsync("crm.timeline.comment.add", Comment)).GetInt64();
        await _host.ResultAsync("crm.timeline.comment.add", Comment.Replace("Called back", "Again", StringComparison.Ordinal));

        var one = await _host.ResultAsync("crm.timeline.comment.get", $$"""{"id":{{id}}}""");
        var list = await _host.CallAsync("crm.timeline.comment.list", """{"filter":{"ENTITY_ID":1,"ENTITY_TYPE":"deal"},"select":["ID","COMMENT"],"order":{"ID":"DESC"}}""");

        Assert.Equal(("1", "deal", "Called back", "1"), (Text(one, "ENTITY_ID"), Text(one, "ENTITY_TYPE"), Text(one, "COMMENT"), Text(one, "AUTHOR_ID")));
        Assert.Equal((2, "Again"), (list.Json.GetProperty("total").GetInt32(), Text(list.Result[0], "COMMENT")));
        Assert.Equal("Not found", (await _host.CallAsync("crm.timeline.comment.get", $$"""{"id":{{id}}}""", _host.Webhooks.Member)).Description);
        Assert.Equal("OWNER_NOT_FOUND", (await _host.CallAsync("crm.timeline.comment.add", Comment, _host.Webhooks.Member)).Error);
    }

    [Fact]
    public async Task A_to_do_lives_from_adding_to_completing()
    {
        var id = (await _host.ResultAsync("crm.activity.todo.add", Todo)).GetProperty("id").GetInt64();
        await _host.ResultAsync("crm.activity.todo.updateDeadline", $$"""{"id":{{id}},"ownerTypeId":2,"ownerId":1,"value":"2026-06-01T10:00:00+00:00"}""");
        await _host.ResultAsync("crm.activity.todo.updateResponsibleUser", $$"""{"id":{{id}},"ownerTypeId":2,"ownerId":1,"value":2}""");
        var open = await _host.ResultAsync("crm.activity.get", $$"""{"id":{{id}}}""");
        await _host.ResultAsync("crm.activity.update", $$$"""{"id":{{{id}}},"fields":{"COMPLETED":"Y"}}""");
        var done = await _host.CallAsync("crm.activity.list", """{"filter":{"OWNER_TYPE_ID":2,"OWNER_ID":1,"COMPLETED":"Y"}}""");
        var none = await _host.CallAsync("crm.activity.list", """{"filter":{"OWNER_TYPE_ID":2,"OWNER_ID":1,"COMPLETED":"N"}}""");

        Assert.Equal(("Send the offer", "6", "CRM_TODO", "2", "N", "2026-06-01T10:00:00+00:00"), (Text(open, "SUBJECT"), Text(open, "TYPE_ID"), Text(open, "PROVIDER_ID"), Text(open, "RESPONSIBLE_ID"), Text(open, "COMPLETED"), Text(open, "DEADLINE")));
        Assert.Equal((1, "2", 0), (done.Json.GetProperty("total").GetInt32(), Text(done.Result[0], "STATUS"), none.Json.GetProperty("total").GetInt32()));
        Assert.Equal("CAN_NOT_UPDATE_COMPLETED_TODO", (await _host.CallAsync("crm.activity.todo.updateDescription", $$"""{"id":{{id}},"ownerTypeId":2,"ownerId":1,"value":"x"}""")).Error);
        Assert.Equal("Not found", (await _host.CallAsync("crm.activity.list", """{"filter":{"OWNER_TYPE_ID":2,"OWNER_ID":1}}""", _host.Webhooks.Other)).Description);
    }

    [Fact]
    public async Task A_call_is_planned_and_a_repeated_command_plans_it_once()
    {
        const string Call = """{"fields":{"OWNER_TYPE_ID":2,"OWNER_ID":1,"TYPE_ID":2,"SUBJECT":"Call back","RESPONSIBLE_ID":1,"END_TIME":"2026-05-02 12:00:00","COMMUNICATIONS":[{"VALUE":"+49 30 1"}]}}""";
        var command = ("X-Command-Id", Guid.CreateVersion7().ToString());

        var first = await _host.CallAsync("crm.activity.add", Call, headers: command);
        var second = await _host.CallAsync("crm.activity.add", Call, headers: command);

        Assert.Equal(first.Result.GetInt64(), second.Result.GetInt64());
        Assert.Equal(1, await _host.CountAsync("select count(*) from task where kind = 2 and deadline = '2026-05-02 12:00:00Z'"));
    }

    [Fact]
    public async Task Notifications_reach_a_persons_bell()
    {
        foreach (var method in (string[])["im.notify", "im.notify.personal.add", "im.notify.system.add"])
            Assert.True((await _host.ResultAsync(method, """{"USER_ID":2,"MESSAGE":"The report is ready","TYPE":"USER"}""", _host.Webhooks.Other)).GetInt64() > 0);

        Assert.Equal(3, await _host.CountAsync("select count(*) from notification where person_id = 2 and text = 'The report is ready'"));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_does_not_fit_is_refused_and_changes_nothing(string method, string body, string code)
    {
        var before = await _host.FingerprintAsync();

        var answer = await _host.CallAsync(method, body);

        Assert.Equal((400, code), ((int)answer.Status, answer.Error));
        Assert.NotEmpty(answer.Description);
        Assert.Equal(before, await _host.FingerprintAsync());
    }

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();
}
