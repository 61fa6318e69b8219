using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;

namespace AutomationCrm.Robots.Tests;

/// <summary>Changes to other items, each in its own lane.</summary>
public class LinkedItemRobotTests
{
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

    private static Task<long> QuoteAsync(AppFixture app, long? deal, decimal amount) => app.SendAsync(new AddItem(ItemTypeIds.Quote, new Dictionary<string, Value>
    {
        [FieldCodes.Title] = Value.Of("Offer"),
        [FieldCodes.Amount] = Value.Of(amount),
        ["DEAL_ID"] = deal is { } id ? new ItemValue(2, id) : Value.Null,
    }));
}
