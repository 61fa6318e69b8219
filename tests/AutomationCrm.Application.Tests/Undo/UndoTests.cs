using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Undo;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Card;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Undo;

public sealed class UndoTests
{
    [Fact]
    public async Task Undo_before_the_first_robot_leaves_no_trace_of_the_run()
    {
        await using var app = await StartAsync(Everything);
        var (deal, move) = await MovedAsync(app);

        var undone = await UndoAsync(app, deal, move);
        await app.DrainAsync();

        var item = await app.FindItemAsync(ItemRef.Deal(deal));
        Assert.Equal(("NEW", undone.Version, 3L), (item!.StageId, item.Version, undone.Version));
        Assert.Empty(undone.NotUndone);
        Assert.Empty(await app.RobotRunsAsync());
        Assert.Equal(RunState.Undone, Assert.Single(await app.RunsAsync()).State);
        Assert.Equal(["added", "moved", "undone"], await app.ReadAsync(db => db.Events.OrderBy(e => e.Version).Select(e => e.Kind).ToListAsync()));
        Assert.Equal(["NEW", Deals.First, "NEW"], await app.ReadAsync(db => db.StageHistory.OrderBy(e => e.At).Select(e => e.StageId).ToListAsync()));
    }

    [Fact]
    public async Task Undo_after_the_robots_puts_back_fields_cancels_tasks_and_deliveries_and_names_what_stays()
    {
        await using var app = await StartAsync(Everything);
        var (deal, move) = await MovedAsync(app);
        await app.DrainAsync();
        var before = await app.FindItemAsync(ItemRef.Deal(deal));
        Assert.Equal(("changed", 777m), (before!.Text(FieldCodes.Comments), before.Number(FieldCodes.Amount)));
        Assert.Equal(DeliveryState.Waiting, (await app.ReadAsync(db => db.Deliveries.SingleAsync())).State);

        var undone = await UndoAsync(app, deal, move);
        await app.TravelAsync(TimeSpan.FromMinutes(5));
        await app.DrainAsync();

        var item = await app.FindItemAsync(ItemRef.Deal(deal));
        Assert.Equal(("NEW", "", 0m, 0m), (item!.StageId, item.Text(FieldCodes.Comments), item.Number(FieldCodes.Amount), item.Number(FieldCodes.AmountBase)));
        Assert.Equal(TaskState.Cancelled, (await app.ReadAsync(db => db.Tasks.SingleAsync())).State);
        Assert.Equal(DeliveryState.Cancelled, (await app.ReadAsync(db => db.Deliveries.SingleAsync())).State);
        Assert.Empty(app.Services.GetRequiredService<TestOutside>().Received);
        Assert.Equal(["comment", "notification"], undone.NotUndone.Select(n => n.Code).Order());
        Assert.All(await app.RobotRunsAsync(), r => Assert.True(r.State is RobotRunState.Done or RobotRunState.Undone));
        Assert.Equal(["hello"], await app.CommentsAsync());
    }

    [Fact]
    public async Task A_field_that_somebody_has_changed_since_stays_and_is_named()
    {
        await using var app = await StartAsync(Robot("change_fields", new { fields = new { COMMENTS = "changed", OPPORTUNITY = "777" } }));
        var (deal, move) = await MovedAsync(app);
        await app.DrainAsync();
        await app.SendAsync(new UpdateItem(ItemRef.Deal(deal), new Dictionary<string, Value> { [FieldCodes.Comments] = Value.Of("mine") }));

        var undone = await UndoAsync(app, deal, move);

        var item = await app.FindItemAsync(ItemRef.Deal(deal));
        Assert.Equal(("mine", 0m), (item!.Text(FieldCodes.Comments), item.Number(FieldCodes.Amount)));
        Assert.Equal(("field", FieldCodes.Comments, "Ada Admin"), (Assert.Single(undone.NotUndone) is var n ? (n.Code, n.Subject, n.Person) : default));
    }

    [Fact]
    public async Task A_task_that_is_done_already_stays_done_and_is_named()
    {
        await using var app = await StartAsync(Robot("create_task", new { title = "Call" }));
        var (deal, move) = await MovedAsync(app);
        await app.DrainAsync();
        await app.SendAsync(new CloseTask((await app.ReadAsync(db => db.Tasks.SingleAsync())).Id));

        var undone = await UndoAsync(app, deal, move);

        Assert.Equal(("task", "Call"), (Assert.Single(undone.NotUndone) is var n ? (n.Code, n.Subject) : default));
        Assert.Equal(TaskState.Done, (await app.ReadAsync(db => db.Tasks.SingleAsync())).State);
    }

    [Fact]
    public async Task Waiting_robots_and_the_stage_a_robot_moved_it_to_are_undone_too()
    {
        await using var app = await StartAsync(Robot("wait", new { duration = "PT1H" }), Robot("change_stage", new { stage = Deals.Second }, "go"));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("test_effect", new { text = "x" }), Robot("create_task", new { title = "Second" }));
        var (deal, move) = await MovedAsync(app);
        await app.DrainAsync();
        Assert.Equal(Deals.Second, (await app.FindItemAsync(ItemRef.Deal(deal)))!.StageId);
        Assert.Equal(DeliveryState.Waiting, (await app.ReadAsync(db => db.Deliveries.SingleAsync())).State);

        var undone = await UndoAsync(app, deal, move);
        await app.TravelAsync(TimeSpan.FromHours(2));
        await app.DrainAsync();

        Assert.Equal("NEW", (await app.FindItemAsync(ItemRef.Deal(deal)))!.StageId);
        Assert.All(await app.RunsAsync(), r => Assert.Equal(RunState.Undone, r.State));
        Assert.Equal(TaskState.Cancelled, (await app.ReadAsync(db => db.Tasks.SingleAsync())).State);
        Assert.Empty(app.Services.GetRequiredService<TestOutside>().Received);
        Assert.Equal(0L, await app.ScalarAsync<long>("select count(*) from timer"));
        Assert.Empty(undone.NotUndone);
    }

    [Fact]
    public async Task What_waited_on_the_former_stage_is_not_revived_and_is_named()
    {
        await using var app = await StartAsync(Robot("add_comment", new { text = "hello" }));
        await app.PublishAsync(ItemTypeIds.Deal, "NEW", Robot("wait", new { duration = "PT1H" }), Robot("add_comment", new { text = "late" }, "late") with { AfterPrevious = true });
        var deal = await app.AddDealAsync();
        await app.DrainAsync();
        var move = await app.MoveAsync(deal, Deals.First, Origin.Page);

        var undone = await UndoAsync(app, deal, move);
        await app.TravelAsync(TimeSpan.FromHours(2));
        await app.DrainAsync();

        Assert.Equal(("former", "wait"), (Assert.Single(undone.NotUndone) is var n ? (n.Code, n.Subject) : default));
        Assert.Empty(await app.CommentsAsync());
    }

    [Fact]
    public async Task A_move_without_robots_can_be_undone_within_the_stages_time()
    {
        await using var app = await AppFixture.StartAsync();
        var deal = await app.AddDealAsync();
        var move = await app.MoveAsync(deal, Deals.First, Origin.Page);
        Assert.Equal(move.Version, (await app.SendAsync(new GetItemCard(ItemRef.Deal(deal)), origin: Origin.Page)).Undo?.Version);

        var undone = await UndoAsync(app, deal, move);

        Assert.Equal("NEW", (await app.FindItemAsync(ItemRef.Deal(deal)))!.StageId);
        Assert.Null((await app.SendAsync(new GetItemCard(ItemRef.Deal(deal)))).Undo);
        Assert.Equal("undo.unknown", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new UndoMove(ItemRef.Deal(deal), undone.Version)))).Code);
    }

    [Fact]
    public async Task Nobody_undoes_late_twice_for_somebody_else_or_over_another_move()
    {
        await using var app = await StartAsync(Robot("add_comment", new { text = "hello" }));
        var member = await app.ScalarAsync<long>("insert into person (name, created_at) values ('Max', now()) returning id");
        await app.ExecuteAsync("update configuration_stamp set value = value + 1");
        var (deal, move) = await MovedAsync(app);
        var undo = new UndoMove(ItemRef.Deal(deal), move.Version);

        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(undo, member, Origin.Page));
        Assert.Equal("undo.unknown", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(undo with { Version = 40 }))).Code);
        await app.SendAsync(new MoveItem(ItemRef.Deal(deal), Deals.Second), member, Origin.Page);
        Assert.Contains("Max has moved it", (await Assert.ThrowsAsync<ConflictException>(() => app.SendAsync(undo))).Message, StringComparison.Ordinal);

        var (other, late) = await MovedAsync(app);
        await app.TravelAsync(TimeSpan.FromSeconds(UndoSeconds));
        Assert.Equal("undo.late", (await Assert.ThrowsAsync<RuleBrokenException>(() => UndoAsync(app, other, late))).Code);

        var (third, once) = await MovedAsync(app);
        await UndoAsync(app, third, once);
        Assert.Equal("undo.done", (await Assert.ThrowsAsync<RuleBrokenException>(() => UndoAsync(app, third, once))).Code);
    }

    [Fact]
    public async Task A_move_through_REST_starts_robots_at_once_and_is_not_undone()
    {
        await using var app = await StartAsync(Robot("add_comment", new { text = "hello" }));
        var deal = await app.AddDealAsync();
        var move = await app.MoveAsync(deal, Deals.First);

        Assert.Equal("undo.late", (await Assert.ThrowsAsync<RuleBrokenException>(() => UndoAsync(app, deal, move))).Code);
    }

    /// <summary>Longer than any test takes; travelling five minutes is beyond it.</summary>
    internal const int UndoSeconds = 240;

    internal static readonly RobotConfig[] Everything =
    [
        Robot("change_fields", new { fields = new { COMMENTS = "changed", OPPORTUNITY = "777" } }),
        Robot("create_task", new { title = "Prepare" }),
        Robot("add_comment", new { text = "hello" }),
        Robot("notify_user", new { text = "look" }),
        Robot("test_effect", new { text = "out" }),
    ];

    internal static async Task<AppFixture> StartAsync(params IReadOnlyList<RobotConfig> robots)
    {
        var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Robots = robots, UndoSeconds = UndoSeconds });
        return app;
    }

    internal static async Task<(long Deal, ItemMoved Move)> MovedAsync(AppFixture app)
    {
        var deal = await app.AddDealAsync();
        return (deal, await app.MoveAsync(deal, Deals.First, Origin.Page));
    }

    internal static Task<MoveUndone> UndoAsync(AppFixture app, long deal, ItemMoved move) => app.SendAsync(new UndoMove(ItemRef.Deal(deal), move.Version), origin: Origin.Page);
}
