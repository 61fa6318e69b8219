using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.RecycleBin;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Robots.Tests;

/// <summary>Robots that change, create, copy and delete items (reference 1.6, workflow items and repeat sales).</summary>
public class ItemRobotTests
{
    [Fact]
    public async Task Change_fields_appends_to_texts_and_lists_and_calculates()
    {
        await using var app = await AppFixture.StartAsync();
        var (one, two) = (await app.AddPersonAsync("One"), await app.AddPersonAsync("Two"));
        await app.RunAsync("change_fields", new { fields = new { COMMENTS = "First", OBSERVERS = $"user_{one}", OPPORTUNITY = "= {=Document:OPPORTUNITY} * 2 + 5" } });
        var deal = await app.DealAsync();
        await app.PublishAsync(2, "EXECUTING", TestPortal.Robot("change_fields", new { append = "Y", fields = new { COMMENTS = "Second", OBSERVERS = $"{{=Variable:None}}" } }));
        await app.PublishAsync(2, "EXECUTING", TestPortal.Robot("change_fields", new { append = "Y", fields = new { COMMENTS = "Second", OBSERVERS = $"user_{two}", TITLE = "Tables" } }));
        await app.SendAsync(new MoveItem(deal.Ref, "EXECUTING"));
        await app.DrainAsync();

        deal = await app.DealAsync();
        Assert.Equal(("First\nSecond", 205m, "Tables"), (deal.Text(FieldCodes.Comments), deal.Number(FieldCodes.Amount), deal.Title));
        Assert.Equal(Value.Of([new UserValue(one), new UserValue(two)]), deal[FieldCodes.Observers]);
    }

    [Fact]
    public async Task Change_responsible_round_robin_goes_on_where_it_stopped_and_passes_over_who_is_away()
    {
        await using var app = await AppFixture.StartAsync();
        var people = new[] { await app.AddPersonAsync("A"), await app.AddPersonAsync("B"), await app.AddPersonAsync("C") };
        var settings = new { mode = "round_robin", people };
        var chosen = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            await app.RunAsync("change_responsible", settings);
            chosen.Add((await app.DealAsync()).ResponsibleId);
        }

        await SendAwayAsync(app, people[1]);
        await app.RunAsync("change_responsible", settings);
        Assert.Equal([people[0], people[1], people[2], people[0]], chosen);
        Assert.Equal(people[2], (await app.DealAsync()).ResponsibleId);
    }

    [Fact]
    public async Task Change_responsible_takes_the_least_loaded_also_within_one_batch()
    {
        await using var app = await AppFixture.StartAsync();
        var (busy, idle) = (await app.AddPersonAsync("Busy"), await app.AddPersonAsync("Idle"));
        for (var i = 0; i < 2; i++) await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Old"), [FieldCodes.Responsible] = new UserValue(busy) }));
        await app.PublishAsync(ItemTypeIds.Deal, RobotHarness.Stage, TestPortal.Robot("change_responsible", new { mode = "least_loaded", people = new[] { busy, idle } }));
        for (var i = 0; i < 4; i++) await app.SendAsync(new MoveItem(ItemRef.Deal(await app.AddDealAsync()), RobotHarness.Stage));
        await app.DrainAsync();

        Assert.Equal(3L, await app.ScalarAsync<long>($"select count(*) from item where type_id = 2 and responsible_id = {idle}"));
        Assert.Equal(3L, await app.ScalarAsync<long>($"select count(*) from item where type_id = 2 and responsible_id = {busy}"));
    }

    [Fact]
    public async Task Change_responsible_by_chance_takes_one_of_them_and_head_takes_the_head()
    {
        await using var app = await AppFixture.StartAsync();
        var (one, two, head) = (await app.AddPersonAsync("One"), await app.AddPersonAsync("Two"), await app.AddPersonAsync("Head"));
        await app.RunAsync("change_responsible", new { mode = "random", people = new[] { one, two } });
        Assert.Contains((await app.DealAsync()).ResponsibleId, (long[])[one, two]);
        await app.ExecuteAsync($"with d as (insert into department (name, head_id) values ('Sales', {head}) returning id) update person set department_id = d.id from d where person.id = {one}");
        await app.ExecuteAsync("update configuration_stamp set value = value + 1");
        await app.RunAsync("change_responsible", new { mode = "head", people = new[] { one } });

        Assert.Equal(head, (await app.DealAsync()).ResponsibleId);
        var none = await app.RunAsync("change_responsible", new { mode = "head", people = new[] { two } });
        Assert.Equal((RobotRunState.Incident, "supervisor.none"), (none.State, none.Code));
    }

    [Fact]
    public async Task Change_responsible_asks_a_person_when_everybody_is_away_unless_told_otherwise()
    {
        await using var app = await AppFixture.StartAsync();
        var away = await app.AddPersonAsync("Away");
        await SendAwayAsync(app, away);
        var nobody = await app.RunAsync("change_responsible", new { people = new[] { away } });
        var anyway = await app.RunAsync("change_responsible", new { people = new[] { away }, skipAbsent = "N" });

        Assert.Equal((RobotRunState.Incident, "person.inactive"), (nobody.State, nobody.Code));
        Assert.Equal(RobotRunState.Done, anyway.State);
    }

    [Fact]
    public async Task Change_pipeline_maps_the_stage_and_ends_the_run()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(2, "PREPARATION",
            TestPortal.Robot("change_pipeline", new { pipeline = "1", stages = new { PREPARATION = "C1:EXECUTING" }, stage = "C1:NEW" }),
            TestPortal.Robot("add_comment", new { text = "Never" }) with { AfterPrevious = true });
        await app.PublishAsync(2, "EXECUTING", TestPortal.Robot("change_pipeline", new { pipeline = "1", stage = "C1:WON" }));
        await app.PublishAsync(2, "WON", TestPortal.Robot("change_pipeline", new { pipeline = "7" }));
        foreach (var stage in (string[])["PREPARATION", "EXECUTING", "WON"])
        {
            await app.SendAsync(new MoveItem(ItemRef.Deal(await app.AddDealAsync()), stage));
            await app.DrainAsync();
        }

        Assert.Equal(["C1:EXECUTING", "C1:WON", "WON"], await StagesAsync(app));
        Assert.Equal(0L, await app.ScalarAsync<long>("select count(*) from comment"));
        Assert.Equal((RobotRunState.Incident, "pipeline.unknown"), ((await app.LastAsync()).State, (await app.LastAsync()).Code));
    }

    [Fact]
    public async Task Create_item_makes_a_proposal_from_the_deal_with_links_and_mapped_fields()
    {
        await using var app = await AppFixture.StartAsync();
        var company = await app.SendAsync(new AddItem(ItemTypeIds.Company, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Acme") }));
        await app.PublishAsync(2, "PREPARATION", TestPortal.Robot("create_item", new { itemType = 7, stage = "SENT", fields = new { TITLE = "Offer for {=Document:TITLE}", OPPORTUNITY = "= {=Document:OPPORTUNITY} * 1.2" } }));
        var deal = await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Chairs"), [FieldCodes.Amount] = Value.Of(100m), [FieldCodes.Company] = new ItemValue(4, company) }));
        await app.SendAsync(new MoveItem(ItemRef.Deal(deal), "PREPARATION"));
        await app.DrainAsync();

        var robotRun = await app.LastAsync();
        var quote = (await app.FindItemAsync(new(ItemTypeIds.Quote, await app.ScalarAsync<long>("select max(id) from item where type_id = 7"))))!;
        Assert.Equal(("Offer for Chairs", 120m, "SENT"), (quote.Title, quote.Number(FieldCodes.Amount), quote.StageId));
        Assert.Equal((new ItemValue(2, deal), new ItemValue(4, company)), (quote["DEAL_ID"], quote[FieldCodes.Company]));
        Assert.Equal($$"""{"Title": "Offer for Chairs", "ItemId": {{quote.Ref.Id}}}""", robotRun.Results);
        Assert.Equal((RobotRunState.Incident, "type.unknown"), ((await app.RunAsync("create_item", new { itemType = 999 })).State, (await app.LastAsync()).Code));
    }

    [Fact]
    public async Task Copy_item_takes_the_fields_to_another_pipeline()
    {
        await using var app = await AppFixture.StartAsync();
        await app.RunAsync("copy_item", new { title = "{=Document:TITLE} again", stage = "C1:NEW", fields = new { COMMENTS = "Repeat" } });

        var copy = await app.DealAsync();
        Assert.Equal(("Chairs again", 100m, "C1:NEW", 1, "Repeat"), (copy.Title, copy.Number(FieldCodes.Amount), copy.StageId, copy.PipelineId, copy.Text(FieldCodes.Comments)));
        Assert.Equal(2L, await app.ScalarAsync<long>("select count(*) from item where type_id = 2"));
    }

    [Fact]
    public async Task A_copy_that_copies_itself_is_stopped_by_the_budget_of_its_chain()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(2, "PREPARATION", TestPortal.Robot("copy_item", new { stage = "PREPARATION" }, "a"), TestPortal.Robot("copy_item", new { stage = "PREPARATION" }, "b"));
        await app.SendAsync(new MoveItem(ItemRef.Deal(await app.AddDealAsync()), "PREPARATION"));
        await app.DrainAsync();

        Assert.InRange(await app.ScalarAsync<long>("select count(*) from item where type_id = 2"), 3, 400);
        Assert.True(await app.ScalarAsync<long>("select count(*) from incident where code in ('budget.robots', 'budget.depth')") > 0);
    }

    [Fact]
    public async Task Items_that_create_each_other_are_stopped_by_the_depth_of_their_chain()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(2, "PREPARATION", TestPortal.Robot("create_item", new { itemType = 7, stage = "SENT" }));
        await app.PublishAsync(7, "SENT", TestPortal.Robot("create_item", new { itemType = 2, stage = "PREPARATION", fields = new { QUOTE_ID = "{=Document:ID}" } }));
        await app.SendAsync(new MoveItem(ItemRef.Deal(await app.AddDealAsync()), "PREPARATION"));
        await app.DrainAsync();

        Assert.Equal(1L, await app.ScalarAsync<long>("select count(*) from incident where code = 'budget.depth'"));
        Assert.InRange(await app.ScalarAsync<long>("select count(*) from item where type_id in (2, 7)"), 10, 30);
    }

    [Fact]
    public async Task Update_linked_items_changes_each_in_its_own_lane()
    {
        await using var app = await AppFixture.StartAsync();
        var deal = await app.AddDealAsync();
        long[] quotes = [await QuoteAsync(app, deal, 10), await QuoteAsync(app, deal, 500), await QuoteAsync(app, null, 500)];
        await app.PublishAsync(2, "PREPARATION", TestPortal.Robot("update_linked_items", new { itemType = "7", filter = new Dictionary<string, string> { [">=OPPORTUNITY"] = "100" }, fields = new { COMMENTS = "Deal {=Document:TITLE} goes on" }, stage = "SENT" }));
        await app.SendAsync(new MoveItem(ItemRef.Deal(deal), "PREPARATION"));
        await app.DrainAsync();

        var states = new List<(string, string)>();
        foreach (var id in quotes) states.Add(await app.FindItemAsync(new(7, id)) is { } quote ? (quote.StageId, quote.Text(FieldCodes.Comments)) : default);
        Assert.Equal([("DRAFT", ""), ("SENT", "Deal Chairs goes on"), ("DRAFT", "")], states);
        Assert.Equal("""{"Count": 1}""", (await app.LastAsync()).Results);
    }

    [Fact]
    public async Task Update_linked_items_by_the_same_company_leaves_the_item_itself_alone()
    {
        await using var app = await AppFixture.StartAsync();
        var company = await app.SendAsync(new AddItem(ItemTypeIds.Company, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Acme") }));
        var deals = new List<ItemRef>();
        for (var i = 0; i < 3; i++) deals.Add(ItemRef.Deal(await app.SendAsync(new AddItem(2, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of($"Deal {i}"), [FieldCodes.Company] = new ItemValue(4, company) }))));
        await app.PublishAsync(2, "PREPARATION", TestPortal.Robot("update_linked_items", new { itemType = 2, link = "company", fields = new { COMMENTS = "Sold" } }));
        await app.SendAsync(new MoveItem(deals[0], "PREPARATION"));
        await app.DrainAsync();

        Assert.Equal(2L, await app.ScalarAsync<long>("select count(*) from item where type_id = 2 and data->>'COMMENTS' = 'Sold'"));
        Assert.Equal("""{"Count": 2}""", (await app.LastAsync()).Results);
        Assert.Equal((RobotRunState.Skipped, "items.no_client"), ((await app.RunAsync("update_linked_items", new { itemType = 2, link = "company", fields = new { COMMENTS = "Sold" } })).State, (await app.LastAsync()).Code));
    }

    [Fact]
    public async Task Items_that_move_each_other_are_stopped()
    {
        await using var app = await AppFixture.StartAsync();
        var deal = await app.AddDealAsync();
        await QuoteAsync(app, deal, 10);
        await app.PublishAsync(2, "PREPARATION", TestPortal.Robot("update_linked_items", new { itemType = 7, stage = "SENT" }));
        await app.PublishAsync(2, "EXECUTING", TestPortal.Robot("update_linked_items", new { itemType = 7, stage = "DRAFT" }));
        await app.PublishAsync(7, "SENT", TestPortal.Robot("update_linked_items", new { itemType = 2, stage = "EXECUTING" }));
        await app.PublishAsync(7, "DRAFT", TestPortal.Robot("update_linked_items", new { itemType = 2, stage = "PREPARATION" }));
        await app.SendAsync(new MoveItem(ItemRef.Deal(deal), "PREPARATION"));
        await app.DrainAsync();

        Assert.Equal(1L, await app.ScalarAsync<long>("select count(*) from incident where code in ('budget.depth', 'budget.moves', 'budget.robots')"));
    }

    [Fact]
    public async Task A_linked_item_that_cannot_be_changed_waits_for_a_person()
    {
        await using var app = await AppFixture.StartAsync();
        var deal = await app.AddDealAsync();
        var quote = await QuoteAsync(app, deal, 10);
        await app.PublishAsync(2, "PREPARATION", TestPortal.Robot("update_linked_items", new { itemType = 7, fields = new { TITLE = "" } }));
        await app.SendAsync(new MoveItem(ItemRef.Deal(deal), "PREPARATION"));
        await app.DrainAsync();

        Assert.Equal((1L, "field.required", quote), (await app.ScalarAsync<long>("select count(*) from incident"), await app.ScalarAsync<string>("select code from incident"), await app.ScalarAsync<long>("select item_id from incident")));
    }

    [Fact]
    public async Task Delete_item_puts_it_into_the_recycle_bin_and_restoring_adds_it_again()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(2, "PREPARATION",
            TestPortal.Robot("delete_item"), TestPortal.Robot("add_comment", new { text = "Never" }) with { AfterPrevious = true });
        var deal = ItemRef.Deal(await app.AddDealAsync());
        await app.SendAsync(new MoveItem(deal, "PREPARATION"));
        await app.DrainAsync();
        Assert.Null(await app.FindItemAsync(deal));
        Assert.Equal(["Chairs"], (await app.SendAsync(new ListRecycled("chair"))).Items.Select(i => i.Item.Title));

        await app.PublishAsync(2, "PREPARATION", TestPortal.Robot("add_comment", new { text = "Back" }));
        await app.SendAsync(new RestoreItem(deal));
        await app.DrainAsync();
        var back = (await app.FindItemAsync(deal))!;
        Assert.Equal(("Chairs", 100m, "PREPARATION", 4L), (back.Title, back.Number(FieldCodes.Amount), back.StageId, back.Version));
        Assert.Equal("Back", await app.ScalarAsync<string>("select text from comment"));
        Assert.Empty((await app.SendAsync(new ListRecycled())).Items);
    }

    private static Task<long> QuoteAsync(AppFixture app, long? deal, decimal amount) => app.SendAsync(new AddItem(ItemTypeIds.Quote, new Dictionary<string, Value>
    {
        [FieldCodes.Title] = Value.Of("Offer"),
        [FieldCodes.Amount] = Value.Of(amount),
        ["DEAL_ID"] = deal is { } id ? new ItemValue(2, id) : Value.Null,
    }));

    private static async Task SendAwayAsync(AppFixture app, long person)
    {
        await app.ExecuteAsync($"update person set absent_from = '2020-01-01' where id = {person}");
        await app.ExecuteAsync("update configuration_stamp set value = value + 1");
    }

    private static async Task<List<string>> StagesAsync(AppFixture app)
    {
        var stages = new List<string>();
        for (var id = 1L; await app.FindItemAsync(ItemRef.Deal(id)) is { } deal; id++) stages.Add(deal.StageId);
        return stages;
    }
}
