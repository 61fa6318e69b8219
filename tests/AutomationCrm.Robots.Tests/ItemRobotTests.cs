using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.RecycleBin;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;

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

    private static async Task<List<string>> StagesAsync(AppFixture app)
    {
        var stages = new List<string>();
        for (var id = 1L; await app.FindItemAsync(ItemRef.Deal(id)) is { } deal; id++) stages.Add(deal.StageId);
        return stages;
    }
}
