using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Undo;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

/// <summary>Stages whose robots run for items that jump over them.</summary>
public class PassedStagesTests
{
    private const string Between = "PREPAYMENT_INVOICE";

    [Fact]
    public async Task Robots_of_jumped_over_stages_run_in_order_before_those_of_the_stage_it_comes_to()
    {
        await using var app = await AppFixture.StartAsync();
        await PassedAsync(app, Between, Robot("add_comment", new { text = "second" }));
        await PassedAsync(app, Deals.First, Robot("add_comment", new { text = "first" }));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("add_comment", new { text = "last" }));

        await app.MoveAsync(await app.AddDealAsync(), Deals.Second);
        await app.DrainAsync();

        Assert.Equal(["first", "second", "last"], await app.CommentsAsync());
        var runs = await app.RunsAsync();
        Assert.Equal([(Deals.First, true), (Between, true), (Deals.Second, false)], runs.Select(r => (r.StageId, r.JumpedOver)));
        Assert.Equal([1, 2, 3], runs.Select(r => r.ChainCount));
        Assert.Single(runs.Select(r => r.ChainId).Distinct());
        Assert.All(runs, r => Assert.Equal(RunState.Done, r.State));
    }

    [Theory]
    [InlineData("NEW", "LOSE")]
    [InlineData(Deals.Second, "NEW")]
    [InlineData(Deals.First, Deals.Second)]
    public async Task Giving_up_going_back_and_leaving_the_stage_itself_jump_over_nothing(string from, string to)
    {
        await using var app = await AppFixture.StartAsync();
        var deal = await app.AddDealAsync();
        if (from != "NEW") await app.MoveAsync(deal, from);
        await PassedAsync(app, Deals.First, Robot("add_comment", new { text = "passed" }));

        await app.MoveAsync(deal, to);
        await app.DrainAsync();

        Assert.Empty(await app.CommentsAsync());
        Assert.Empty(await app.RunsAsync());
    }

    [Fact]
    public async Task What_waits_on_the_stage_left_ends_before_and_what_they_leave_waiting_ends_with_the_next_move()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, "NEW", Robot("wait", new { duration = "PT1H" }, "old"));
        await PassedAsync(app, Deals.First, Robot("wait", new { duration = "PT1H" }, "passed"), Robot("wait", new { duration = "PT1H" }, "stays") with { Survives = true });
        var deal = await app.AddDealAsync();
        await app.DrainAsync();

        await app.MoveAsync(deal, Deals.Second);
        await app.DrainAsync();
        Assert.Equal([("old", RobotRunState.Cancelled), ("passed", RobotRunState.Waiting), ("stays", RobotRunState.Waiting)], await StatesAsync(app));
        await app.MoveAsync(deal, "WON");
        await app.DrainAsync();

        Assert.Equal([("old", RobotRunState.Cancelled), ("passed", RobotRunState.Cancelled), ("stays", RobotRunState.Waiting)], await StatesAsync(app));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Undoing_the_move_takes_their_work_back_as_well(bool arrivalHasRobots)
    {
        await using var app = await AppFixture.StartAsync();
        await PassedAsync(app, Deals.First, Robot("change_fields", new { fields = new { COMMENTS = "passed" } }), Robot("create_task", new { title = "Call" }));
        if (arrivalHasRobots) await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("change_fields", new { fields = new { OPPORTUNITY = "777" } }));
        var deal = await app.AddDealAsync();
        var move = await app.MoveAsync(deal, Deals.Second, Origin.Page);
        await app.DrainAsync();
        Assert.Equal("passed", (await app.FindItemAsync(ItemRef.Deal(deal)))!.Text("COMMENTS"));

        var undone = await app.SendAsync(new UndoMove(ItemRef.Deal(deal), move.Version), origin: Origin.Page);
        await app.DrainAsync();

        var item = await app.FindItemAsync(ItemRef.Deal(deal));
        Assert.Equal(("NEW", "", 0m), (item!.StageId, item.Text("COMMENTS"), item.Number("OPPORTUNITY")));
        Assert.Empty(undone.NotUndone);
        Assert.All(await app.RunsAsync(), r => Assert.Equal(RunState.Undone, r.State));
        Assert.Equal(1L, await app.ScalarAsync<long>("select count(*) from task where state = 2"));
    }

    [Fact]
    public async Task Outside_effects_are_held_back_as_long_as_the_stage_it_comes_to_says()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { WhenPassed = true, UndoSeconds = 0, Robots = [Robot("test_effect", new { text = "hello" })] });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, new StageAutomationConfig { UndoSeconds = 600, Robots = [Robot("add_comment", new { text = "last" })] });

        await app.MoveAsync(await app.AddDealAsync(), Deals.Second, Origin.Page);
        await app.DrainAsync();

        Assert.All(await app.RunsAsync(), r => Assert.Equal(600, (r.HoldUntil!.Value - r.StartedAt).TotalSeconds, 1.0));
        Assert.Equal(RobotRunState.Sending, (await app.RobotRunsAsync())[0].State);
    }

    [Fact]
    public async Task A_robot_that_moves_the_item_starts_them_in_its_own_chain()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("change_stage", new { stage = "FINAL_INVOICE" }));
        await PassedAsync(app, Deals.Second, Robot("add_comment", new { text = "passed" }));

        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.DrainAsync();

        Assert.Equal(["passed"], await app.CommentsAsync());
        var runs = await app.RunsAsync();
        Assert.Equal([(Deals.First, 0, 1), (Deals.Second, 1, 2)], runs.Select(r => (r.StageId, r.Depth, r.ChainCount)));
        Assert.Equal(runs[0].ChainId, runs[1].ChainId);
    }

    private static Task<int> PassedAsync(AppFixture app, string stage, params IReadOnlyList<RobotConfig> robots) =>
        app.PublishAsync(ItemTypeIds.Deal, stage, new StageAutomationConfig { WhenPassed = true, Robots = robots });

    private static async Task<IEnumerable<(string, RobotRunState)>> StatesAsync(AppFixture app) => (await app.RobotRunsAsync()).Select(r => (r.RobotKey, r.State));
}
