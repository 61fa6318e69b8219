using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Crm.Search;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Query;

public sealed class ListTests
{
    [Fact]
    public async Task Search_finds_by_number_title_client_phone_and_email_best_first()
    {
        await using var app = await AppFixture.StartAsync();
        var company = await app.SendAsync(new AddItem(ItemTypeIds.Company, new Dictionary<string, Value>
        {
            [FieldCodes.Title] = Value.Of("Northwind"),
            [FieldCodes.Phone] = Value.Of([Value.Of("+49 (30) 123-45-67")]),
            [FieldCodes.Email] = Value.Of([Value.Of("info@traders.example")]),
        }));
        var chairs = await app.AddDealAsync("Chairs for Northwind");
        var tables = await app.AddDealAsync("Tables");
        await app.SendAsync(new UpdateItem(ItemRef.Deal(tables), new Dictionary<string, Value> { [FieldCodes.Company] = new ItemValue(ItemTypeIds.Company, company) }));

        async Task<IEnumerable<(string, string)>> FindAsync(string text) => (await app.SendAsync(new SearchEverything(text))).Select(h => (h.Title, h.Why));

        Assert.Equal([("Northwind", "title"), ("Chairs for Northwind", "title"), ("Tables", "client")], await FindAsync("northwind"));
        Assert.Equal([("Northwind", "phone"), ("Tables", "client")], await FindAsync("30 123-45"));
        Assert.Equal([("Northwind", "email"), ("Tables", "client")], await FindAsync("info@TRADERS"));
        Assert.Contains(("Chairs for Northwind", "number"), await FindAsync($"#{chairs}"));
        Assert.Empty(await FindAsync("  "));
        Assert.Empty(await FindAsync("%"));
        Assert.Equal("NEW", (await app.SendAsync(new SearchEverything("chairs")))[0].Stage!.Id);
    }

    [Fact]
    public async Task Tasks_are_listed_by_whose_they_are_overdue_first()
    {
        await using var app = await AppFixture.StartAsync();
        var member = await app.ScalarAsync<long>("insert into person (name, created_at) values ('Max', now()) returning id");
        await app.ExecuteAsync("update configuration_stamp set value = value + 1");
        var now = TimeProvider.System.GetUtcNow();
        var deal = await app.AddDealAsync("Chairs");
        await app.SendAsync(new AddTask("later") { Deadline = now.AddDays(1), Item = ItemRef.Deal(deal) });
        await app.SendAsync(new AddTask("none"));
        await app.SendAsync(new AddTask("late") { Deadline = now.AddDays(-1) });
        await app.SendAsync(new AddTask("given") { ResponsibleId = member });

        var mine = await app.SendAsync(new ListTasks());
        Assert.Equal(["late", "later", "none"], mine.Tasks.Select(t => t.Task.Title));
        Assert.Equal((3, 1, true, "Chairs"), (mine.Total, mine.Overdue, mine.Tasks[0].Overdue, mine.Tasks[1].ItemTitle));
        Assert.Equal("Max", Assert.Single((await app.SendAsync(new ListTasks(TaskView.Given))).Tasks).ResponsibleName);
        Assert.Equal(4, (await app.SendAsync(new ListTasks(TaskView.All))).Total);
        Assert.Equal("given", Assert.Single((await app.SendAsync(new ListTasks(TaskView.All), member)).Tasks).Task.Title);
        Assert.Empty((await app.SendAsync(new ListTasks(TaskView.Mine, TaskState.Done))).Tasks);
    }

    [Fact]
    public async Task Stage_history_is_filtered_ordered_paged_and_seen_by_who_sees_the_item()
    {
        await using var app = await AppFixture.StartAsync();
        var member = await app.ScalarAsync<long>("insert into person (name, created_at) values ('Max', now()) returning id");
        await app.ExecuteAsync("update configuration_stamp set value = value + 1");
        var (one, two) = (await app.AddDealAsync(), await app.AddDealAsync());
        await app.MoveAsync(one, Deals.First);
        await app.MoveAsync(one, "WON");
        await app.ExecuteAsync($"update item set opened = false where type_id = 2 and id = {one}");

        async Task<string> ListAsync(ListStageHistory query, long? person = null) =>
            string.Join(",", (await app.SendAsync(query, person)).Entries.Select(e => $"{e.ItemId}:{e.Kind}:{e.StageId}"));
        FilterNode Is(string field, params object[] values) => FilterNode.Compare(field, FilterOp.In, values.Select(v => v is string s ? Value.Of(s) : Value.Of(Convert.ToDecimal(v))));

        Assert.Equal($"{one}:1:NEW,{two}:1:NEW,{one}:2:PREPARATION,{one}:3:WON", await ListAsync(new(ItemTypeIds.Deal)));
        Assert.Equal($"{one}:3:WON", await ListAsync(new(ItemTypeIds.Deal, FilterNode.All(Is("OWNER_ID", one), Is("STAGE_SEMANTIC_ID", "S"), Is("CATEGORY_ID", 0), Is("TYPE_ID", 3)))));
        Assert.Equal($"{one}:3:WON,{one}:2:PREPARATION", await ListAsync(new(ItemTypeIds.Deal, FilterNode.Not(Is("STAGE_ID", "NEW"))) { Order = [new("CREATED_TIME", Descending: true)] }));
        Assert.Equal($"{one}:2:PREPARATION", await ListAsync(new(ItemTypeIds.Deal) { Offset = 2, Limit = 1 }));
        Assert.Equal($"{two}:1:NEW", await ListAsync(new(ItemTypeIds.Deal), member));
        Assert.Equal(4, (await app.SendAsync(new ListStageHistory(ItemTypeIds.Deal) { WithCount = true, Limit = 1 })).Total);
        Assert.Equal("field.unknown", (await Assert.ThrowsAsync<RuleBrokenException>(() => ListAsync(new(ItemTypeIds.Deal, Is("NOPE", 1))))).Code);
        Assert.Equal("filter.value", (await Assert.ThrowsAsync<RuleBrokenException>(() => ListAsync(new(ItemTypeIds.Deal, Is("OWNER_ID", "x"))))).Code);
    }

    [Fact]
    public async Task Runs_are_listed_of_an_item_or_for_administrators_of_all()
    {
        await using var app = await AppFixture.StartAsync();
        var member = await app.ScalarAsync<long>("insert into person (name, created_at) values ('Max', now()) returning id");
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "a" }), Robot("wait", new { duration = "PT1H" }));
        var (one, two) = (await app.AddDealAsync(), await app.AddDealAsync());
        await app.MoveAsync(one, Deals.First);
        await app.MoveAsync(two, Deals.First);
        await app.DrainAsync();

        var own = await app.SendAsync(new ListRuns { TypeId = ItemTypeIds.Deal, ItemId = one, WithCount = true });
        Assert.Equal((1L, one), (own.Total, own.Runs[0].Run.ItemId));
        Assert.Equal([RobotRunState.Done, RobotRunState.Waiting], own.Runs[0].Robots.Select(r => r.State));
        Assert.Equal(2, (await app.SendAsync(new ListRuns { State = RunState.Running })).Runs.Count);
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new ListRuns(), member));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new ListRuns { TypeId = ItemTypeIds.Deal, ItemId = 12345 }));
    }

    [Fact]
    public async Task Notifications_are_read_once_and_only_by_their_person()
    {
        await using var app = await AppFixture.StartAsync();
        await app.ExecuteAsync($"insert into notification (id, person_id, text, at) select n, {app.Admin} + n % 2, 'N' || n, now() from generate_series(1, 6) n");

        var page = await app.SendAsync(new ListNotifications { Limit = 2 });
        Assert.Equal(["N6", "N4"], page.Notifications.Select(n => n.Text));
        Assert.Equal((3, true), (page.Unread, page.HasMore));
        Assert.Equal("N2", Assert.Single((await app.SendAsync(new ListNotifications { BeforeId = 4 })).Notifications).Text);
        Assert.Equal(1, await app.SendAsync(new MarkNotificationsRead([6, 5])));
        Assert.Equal(2, await app.SendAsync(new MarkNotificationsRead()));
        Assert.Equal(0, await app.SendAsync(new MarkNotificationsRead()));
        Assert.Empty((await app.SendAsync(new ListNotifications(UnreadOnly: true))).Notifications);
        Assert.Equal(3L, await app.ScalarAsync<long>("select count(*) from notification where read_at is null"));
    }
}
