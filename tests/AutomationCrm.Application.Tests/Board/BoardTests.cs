using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Crm.Board;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AutomationCrm.Application.Tests.Board;

public sealed class BoardTests
{
    [Fact]
    public async Task A_board_has_a_column_for_every_stage_with_totals_and_its_first_cards()
    {
        await using var app = await AppFixture.StartAsync();
        for (var i = 1; i <= 25; i++) await app.AddDealAsync($"Deal {i}", 100);
        var moved = await app.AddDealAsync("Moved", 1000);
        await app.MoveAsync(moved, Deals.First);

        var board = await app.SendAsync(new GetBoard(ItemTypeIds.Deal, 0));

        Assert.Equal(["NEW", "PREPARATION", "PREPAYMENT_INVOICE", "EXECUTING", "FINAL_INVOICE", "WON", "LOSE", "APOLOGY"], board.Columns.Select(c => c.Stage.Id));
        var (first, second) = (board.Columns[0], board.Columns[1]);
        Assert.Equal((25L, 2500m, 20), (first.Items, first.Amount, first.Cards.Count));
        Assert.Equal("Deal 25", first.Cards[0].Item.Title);
        Assert.Equal(first.Cards[^1].Item.Ref.Id, first.NextAfterId);
        Assert.Equal((1L, 1000m, 1000m * second.Stage.Probability / 100, null), (second.Items, second.Amount, second.Weighted, second.NextAfterId));
        Assert.NotNull(Assert.Single(second.Cards).OnStageSince);
        Assert.Equal("EUR", board.Currency);

        var rest = await app.SendAsync(new GetBoardColumn(ItemTypeIds.Deal, "NEW") { AfterId = first.NextAfterId });
        Assert.Equal(["Deal 5", "Deal 4", "Deal 3", "Deal 2", "Deal 1"], rest.Cards.Select(c => c.Item.Title));
        Assert.Equal((25L, null), (rest.Items, rest.NextAfterId));
    }

    [Fact]
    public async Task Totals_from_folds_and_deltas_equal_the_direct_sum()
    {
        await using var app = await AppFixture.StartAsync();
        var random = new Random(7);
        var deals = new List<long>();
        for (var step = 0; step < 120; step++)
        {
            if (deals.Count < 5 || random.Next(4) == 0) deals.Add(await app.AddDealAsync($"D{step}", random.Next(1, 900)));
            else if (random.Next(6) == 0) await app.SendAsync(new DeleteItem(ItemRef.Deal(Take(deals, random))));
            else if (random.Next(2) == 0) await app.MoveAsync(deals[random.Next(deals.Count)], random.Next(2) == 0 ? Deals.First : Deals.Second);
            else await app.SendAsync(new UpdateItem(ItemRef.Deal(deals[random.Next(deals.Count)]), new Dictionary<string, Value> { [FieldCodes.Amount] = Value.Of((decimal)random.Next(1, 900)), [FieldCodes.Currency] = Value.Of("USD") }));
            if (step % 25 == 24) await app.Services.GetRequiredService<ILaneStore>().SweepAsync(CancellationToken.None);
        }

        var folded = await app.SendAsync(new GetBoard(ItemTypeIds.Deal, 0));
        var direct = await app.SendAsync(new GetBoard(ItemTypeIds.Deal, 0) { Filter = FilterNode.Compare(FieldCodes.Id, FilterOp.Greater, Value.Of(0m)) });

        Assert.Equal(deals.Count, folded.Items);
        Assert.Equal(direct.Columns.Select(c => (c.Stage.Id, c.Items, c.Amount)), folded.Columns.Select(c => (c.Stage.Id, c.Items, c.Amount)));
    }

    [Fact]
    public async Task A_card_names_its_client_its_tasks_and_what_its_automation_waits_for()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, TestPortal.Robot("wait", new { duration = "PT1H" }), TestPortal.Robot("create_task", new { title = "Call", deadlineAfter = "PT1H" }));
        var company = await app.SendAsync(new AddItem(ItemTypeIds.Company, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Northwind") }));
        var deal = await app.AddDealAsync("Chairs");
        await app.SendAsync(new UpdateItem(ItemRef.Deal(deal), new Dictionary<string, Value> { [FieldCodes.Company] = new ItemValue(ItemTypeIds.Company, company) }));
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        await app.ExecuteAsync("update task set deadline = now() - interval '1 day'");

        var column = await app.SendAsync(new GetBoardColumn(ItemTypeIds.Deal, Deals.First));

        var card = Assert.Single(column.Cards);
        Assert.Equal(("Northwind", "Ada Admin"), (card.ClientTitle, card.ResponsibleName));
        Assert.Equal((1, 1), (card.Tasks.Open, card.Tasks.Overdue));
        Assert.Equal(new CardAutomation(Waiting: 1, Problems: 0), card.Automation);
        Assert.Equal(2, column.Robots);
    }

    [Fact]
    public async Task A_search_narrows_cards_and_totals_by_title_number_and_client()
    {
        await using var app = await AppFixture.StartAsync();
        var company = await app.SendAsync(new AddItem(ItemTypeIds.Company, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Ромашка") }));
        var first = await app.AddDealAsync("Chairs 100%", 10);
        var second = await app.AddDealAsync("Tables", 20);
        await app.SendAsync(new UpdateItem(ItemRef.Deal(second), new Dictionary<string, Value> { [FieldCodes.Company] = new ItemValue(ItemTypeIds.Company, company) }));

        async Task<(long, decimal, string)> SearchAsync(string text)
        {
            var column = (await app.SendAsync(new GetBoard(ItemTypeIds.Deal, 0) { Search = text })).Columns[0];
            return (column.Items, column.Amount, string.Join(",", column.Cards.Select(c => c.Item.Title)));
        }

        Assert.Equal((1L, 10m, "Chairs 100%"), await SearchAsync("CHAIR"));
        Assert.Equal((1L, 10m, "Chairs 100%"), await SearchAsync("100%"));
        Assert.Equal((1L, 20m, "Tables"), await SearchAsync("ромашка tab"));
        Assert.Equal((1L, 10m, "Chairs 100%"), await SearchAsync($"#{first}"));
        Assert.Equal((0L, 0m, ""), await SearchAsync("nobody"));
        Assert.Equal(2L, (await SearchAsync("  ")).Item1);
    }

    [Fact]
    public async Task A_member_sees_and_counts_what_is_open_or_his_own()
    {
        await using var app = await AppFixture.StartAsync();
        var member = await app.ScalarAsync<long>("insert into person (name, created_at) values ('Max', now()) returning id");
        await app.ExecuteAsync("update configuration_stamp set value = value + 1");
        var open = await app.AddDealAsync("Open", 1);
        var closed = await app.AddDealAsync("Closed", 10);
        var own = await app.AddDealAsync("Own", 100);
        await app.ExecuteAsync($"update item set opened = false where type_id = 2 and id in ({closed}, {own}); update item set responsible_id = {member} where type_id = 2 and id = {own}");

        var board = await app.SendAsync(new GetBoard(ItemTypeIds.Deal, 0), member, Origin.Page);

        Assert.Equal((2L, 101m), (board.Columns[0].Items, board.Columns[0].Amount));
        Assert.Equal([own, open], board.Columns[0].Cards.Select(c => c.Item.Ref.Id));
        Assert.Equal(111m, (await app.SendAsync(new GetBoard(ItemTypeIds.Deal, 0))).Columns[0].Amount);
    }

    private static long Take(List<long> deals, Random random)
    {
        var index = random.Next(deals.Count);
        var deal = deals[index];
        deals.RemoveAt(index);
        return deal;
    }
}
