using System.Text.Json;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

public class StageRunTests
{
    [Fact]
    public async Task A_moved_item_meets_the_robots_of_its_new_stage()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "Prepare {=Document:TITLE}" }));
        await app.MoveAsync(await app.AddDealAsync("Twenty chairs"), Deals.First);

        await app.DrainAsync();

        var (run, robotRun) = (Assert.Single(await app.RunsAsync()), Assert.Single(await app.RobotRunsAsync()));
        Assert.Equal(["Prepare Twenty chairs"], await app.CommentsAsync());
        Assert.Equal((RunState.Done, 0), (run.State, run.OpenTracks));
        Assert.Equal((RobotRunState.Done, run.Id), (robotRun.State, robotRun.RunId));
        Assert.True(await app.ScalarAsync<bool>($"select run_id = {run.Id} and robot_run_id = {robotRun.Id} from comment"));
    }

    [Theory]
    [InlineData("WON")]
    [InlineData("LOSE")]
    public async Task A_final_stage_runs_its_robots_like_any_other(string stage)
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, stage, Robot("add_comment", new { text = "now" }), Robot("add_comment", new { text = "later" }, "later") with { Delay = new("P1D") });
        await app.MoveAsync(await app.AddDealAsync(), stage);

        await app.DrainAsync();
        Assert.Equal(["now"], await app.CommentsAsync());
        await app.TravelAsync(TimeSpan.FromDays(1));
        await app.DrainAsync();

        Assert.Equal(["now", "later"], await app.CommentsAsync());
        Assert.Equal(RunState.Done, Assert.Single(await app.RunsAsync()).State);
    }

    [Fact]
    public async Task An_item_added_on_a_stage_meets_its_robots()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, "NEW", Robot("add_comment", new { text = "Welcome" }));
        await app.AddDealAsync();

        await app.DrainAsync();

        Assert.Equal(["Welcome"], await app.CommentsAsync());
    }

    [Fact]
    public async Task Independent_robots_do_not_wait_for_each_other_and_after_previous_does()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(
            ItemTypeIds.Deal,
            Deals.First,
            Robot("wait", new { duration = "PT1H" }),
            Robot("add_comment", new { text = "after an hour" }) with { AfterPrevious = true },
            Robot("add_comment", new { text = "at once" }, "other"));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.DrainAsync();
        Assert.Equal(["at once"], await app.CommentsAsync());
        Assert.Equal(1, Assert.Single(await app.RunsAsync()).OpenTracks);

        await app.TravelAsync(TimeSpan.FromHours(1));
        await app.DrainAsync();

        Assert.Equal(["at once", "after an hour"], await app.CommentsAsync());
        Assert.Equal(RunState.Done, Assert.Single(await app.RunsAsync()).State);
    }

    [Fact]
    public async Task A_condition_that_is_false_skips_the_robot_and_keeps_what_it_saw()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(
            ItemTypeIds.Deal,
            Deals.First,
            Robot("add_comment", new { text = "big" }) with { Condition = When("OPPORTUNITY", "gt", "1000") },
            Robot("add_comment", new { text = "any" }, "any") with { AfterPrevious = true });
        await app.MoveAsync(await app.AddDealAsync(amount: 999.5m), Deals.First);

        await app.DrainAsync();

        var robotRuns = await app.RobotRunsAsync();
        Assert.Equal([(RobotRunState.Skipped, "condition.false"), (RobotRunState.Done, null)], robotRuns.Select(r => (r.State, r.Code)));
        using var operands = JsonDocument.Parse(robotRuns[0].Operands!);
        Assert.Equal(999.5m, operands.RootElement.GetProperty("all")[0].GetProperty("left").GetDecimal());
        Assert.False(operands.RootElement.GetProperty("holds").GetBoolean());
        Assert.Equal(["any"], await app.CommentsAsync());
    }

    [Fact]
    public async Task A_robot_that_is_switched_off_is_recorded_as_skipped()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "off" }) with { Enabled = false });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.DrainAsync();

        Assert.Equal((RobotRunState.Skipped, "robot.disabled"), Assert.Single((await app.RobotRunsAsync()).Select(r => (r.State, r.Code))));
        Assert.Empty(await app.CommentsAsync());
    }

    [Fact]
    public async Task A_delay_is_over_when_its_time_has_come_and_sees_the_item_as_it_is_then()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "{=Document:TITLE}" }) with { Delay = new DelayConfig("PT10M") });
        var deal = await app.AddDealAsync("old");
        await app.MoveAsync(deal, Deals.First);

        await app.DrainAsync();
        Assert.Equal((RobotRunState.Waiting, "delay"), Assert.Single((await app.RobotRunsAsync()).Select(r => (r.State, r.Code))));
        await app.SendAsync(new Crm.Items.UpdateItem(ItemRef.Deal(deal), new Dictionary<string, Expressions.Values.Value> { ["TITLE"] = Expressions.Values.Value.Of("new") }));
        await app.TravelAsync(TimeSpan.FromMinutes(9));
        Assert.Equal(0, await app.DrainAsync());
        await app.TravelAsync(TimeSpan.FromMinutes(1));
        await app.DrainAsync();

        Assert.Equal(["new"], await app.CommentsAsync());
        Assert.Equal(RobotRunState.Done, Assert.Single(await app.RobotRunsAsync()).State);
    }

    [Fact]
    public async Task Results_of_an_earlier_robot_can_be_used_by_a_later_one()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(
            ItemTypeIds.Deal,
            Deals.First,
            Robot("create_task", new { title = "Call" }, "task"),
            Robot("add_comment", new { text = "Task {=task:TaskId}" }) with { AfterPrevious = true });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.DrainAsync();

        var task = await app.ScalarAsync<long>("select id from task");
        Assert.Equal([$"Task {task}"], await app.CommentsAsync());
    }

    [Fact]
    public async Task A_run_is_pinned_to_the_version_it_started_with()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "one" }) with { Delay = new DelayConfig("PT10M") });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.DrainAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "two" }));

        await app.TravelAsync(TimeSpan.FromMinutes(10));
        await app.DrainAsync();

        Assert.Equal(["one"], await app.CommentsAsync());
    }
}
