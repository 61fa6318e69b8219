using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

public class LeavingTests
{
    private static readonly DelayConfig TenMinutes = new("PT10M");

    [Theory]
    [InlineData(Deals.Second)]
    [InlineData("WON")]
    public async Task Leaving_the_stage_cancels_what_waits(string next)
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "too late" }) with { Delay = TenMinutes });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("add_comment", new { text = "second" }));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        await app.MoveAsync(deal, next);
        await app.DrainAsync();

        await app.TravelAsync(TimeSpan.FromMinutes(10));
        await app.DrainAsync();

        Assert.DoesNotContain("too late", await app.CommentsAsync());
        Assert.Equal((RunState.Cancelled, 0), (await app.RunsAsync()).Select(r => (r.State, r.OpenTracks)).First());
        Assert.Equal((RobotRunState.Cancelled, "stage.left"), (await app.RobotRunsAsync()).Select(r => (r.State, r.Code)).First());
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from timer"));
    }

    [Fact]
    public async Task A_robot_that_survives_goes_on_elsewhere_while_its_neighbours_stop()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(
            ItemTypeIds.Deal,
            Deals.First,
            Robot("add_comment", new { text = "stays" }, "a") with { Delay = TenMinutes },
            Robot("add_comment", new { text = "survives" }, "b") with { Delay = TenMinutes, Survives = true });
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        await app.MoveAsync(deal, Deals.Second);
        await app.DrainAsync();
        await app.TravelAsync(TimeSpan.FromMinutes(10));
        await app.DrainAsync();

        Assert.Equal(["survives"], await app.CommentsAsync());
        Assert.Equal([RobotRunState.Cancelled, RobotRunState.Done], (await app.RobotRunsAsync()).Select(r => r.State));
        Assert.Equal(RunState.Done, Assert.Single(await app.RunsAsync()).State);
    }

    [Fact]
    public async Task A_stage_passed_through_within_one_batch_sends_nothing()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_effect", new { text = "first" }), Robot("wait", new { duration = "PT1H" }));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("test_effect", new { text = "second" }));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.MoveAsync(deal, Deals.Second);

        await app.DrainAsync();

        var sent = Assert.Single(app.Services.GetRequiredService<TestOutside>().Received);
        Assert.Contains("second", sent.Request, StringComparison.Ordinal);
        Assert.All((await app.RobotRunsAsync()).Take(2), r => Assert.Equal((RobotRunState.Cancelled, "stage.left"), (r.State, r.Code)));
        Assert.Equal([RunState.Cancelled, RunState.Done], (await app.RunsAsync()).Select(r => r.State));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from timer"));
    }

    [Fact]
    public async Task Coming_back_to_a_stage_within_one_batch_stops_the_first_visit()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_effect", new { text = "first" }), Robot("wait", new { duration = "PT1H" }));
        var deal = await app.AddDealAsync();
        foreach (var stage in (string[])[Deals.First, Deals.Second, Deals.First]) await app.MoveAsync(deal, stage);

        await app.DrainAsync();

        Assert.Single(app.Services.GetRequiredService<TestOutside>().Received);
        Assert.Equal([RunState.Cancelled, RunState.Running], (await app.RunsAsync()).Select(r => r.State));
        Assert.Equal([RobotRunState.Cancelled, RobotRunState.Cancelled, RobotRunState.Done, RobotRunState.Waiting], (await app.RobotRunsAsync()).Select(r => r.State));
        Assert.Equal(["stage.left", "stage.left"], (await app.RobotRunsAsync()).Take(2).Select(r => r.Code));
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from timer"));
    }

    [Fact]
    public async Task Deleting_the_item_stops_its_automation()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "too late" }) with { Delay = TenMinutes });
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        await app.SendAsync(new DeleteItem(ItemRef.Deal(deal)));
        await app.DrainAsync();
        await app.TravelAsync(TimeSpan.FromMinutes(10));
        await app.DrainAsync();

        Assert.Null(await app.FindItemAsync(ItemRef.Deal(deal)));
        Assert.Empty(await app.CommentsAsync());
        Assert.Equal(RunState.Cancelled, Assert.Single(await app.RunsAsync()).State);
    }

    [Fact]
    public async Task Change_stage_ends_the_run_and_starts_the_next_one()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(
            ItemTypeIds.Deal,
            Deals.First,
            Robot("change_stage", new { stage = Deals.Second }),
            Robot("add_comment", new { text = "never" }) with { AfterPrevious = true });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("add_comment", new { text = "second" }));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);

        await app.DrainAsync();

        Assert.Equal(["second"], await app.CommentsAsync());
        var runs = await app.RunsAsync();
        Assert.Equal([("rest", 0), ("robot", 1)], runs.Select(r => (r.Cause, r.Depth)));
        Assert.Equal(runs[0].ChainId, runs[1].ChainId);
        Assert.Equal([RobotRunState.Done, RobotRunState.Cancelled, RobotRunState.Done], (await app.RobotRunsAsync()).Select(r => r.State));
    }

    [Fact]
    public async Task Robots_whose_turn_was_put_off_do_not_run_in_a_later_visit_of_the_stage()
    {
        await using var app = await AppFixture.StartAsync();
        const int More = 5;
        var robots = Enumerable.Range(1, StepBudget.MostSteps + More).Select(n => Robot("add_comment", new { text = $"{n}" }, $"r{n}")).ToArray();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, robots);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("add_comment", new { text = "second" }));
        var deal = await app.AddDealAsync();
        foreach (var stage in (string[])[Deals.First, Deals.Second, Deals.First]) await app.MoveAsync(deal, stage);

        await app.DrainAsync();

        var (first, _, again) = await app.RunsAsync() is [var a, var b, var c] ? (a, b, c) : throw new InvalidOperationException("Three moves, three runs.");
        var done = await app.RobotRunsAsync();
        Assert.Equal(robots.Length, done.Count(r => r.RunId == again.Id && r.State == RobotRunState.Done));
        Assert.All(done.Where(r => r.RunId == first.Id && r.State != RobotRunState.Done), r => Assert.Equal((RobotRunState.Cancelled, "stage.left"), (r.State, r.Code)));
        Assert.True(done.Count(r => r.RunId == first.Id && r.State == RobotRunState.Cancelled) >= More);
        Assert.True(await app.ScalarAsync<bool>($"select max(c.id) filter (where c.run_id = {first.Id}) < min(c.id) filter (where c.run_id = {again.Id}) from comment c"));
        Assert.Equal([RunState.Cancelled, RunState.Cancelled, RunState.Done], (await app.RunsAsync()).Select(r => r.State));
    }

    [Fact]
    public async Task Effects_of_a_move_by_hand_are_held_back_for_the_undo_window()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        const int Window = 600;
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Robots = [Robot("test_effect", new { text = "hello" })], UndoSeconds = Window });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First, Origin.Page);
        var outside = app.Services.GetRequiredService<TestOutside>();

        await app.DrainAsync();
        Assert.Empty(outside.Received);
        Assert.Equal(RobotRunState.Sending, Assert.Single(await app.RobotRunsAsync()).State);
        await app.TravelAsync(TimeSpan.FromSeconds(Window));
        await app.DrainAsync();

        Assert.Single(outside.Received);
        Assert.Equal(RobotRunState.Done, Assert.Single(await app.RobotRunsAsync()).State);
    }
}
