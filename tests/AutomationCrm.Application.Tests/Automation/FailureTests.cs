using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

public class FailureTests
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromDays(1);

    // No drain takes so long that the next try comes within it.
    private static readonly OnErrorConfig LongPause = new() { Pause = "PT10M" };

    [Fact]
    public async Task A_robot_that_fails_once_is_tried_again_and_its_failed_step_left_nothing_behind()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        app.Services.GetRequiredService<TestOutside>().Failures = 1;
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_failing") with { OnError = LongPause }, Robot("add_comment", new { text = "neighbour" }));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.DrainAsync();
        Assert.Equal(["neighbour"], await app.CommentsAsync());
        Assert.Equal((RobotRunState.Retrying, "robot.failed", 1), (await app.RobotRunsAsync()).Select(r => (r.State, r.Code!, r.Attempt)).First());
        await app.TravelAsync(LongEnough);
        await app.DrainAsync();

        Assert.Equal(["neighbour", "before the failure"], await app.CommentsAsync());
        Assert.Equal((RobotRunState.Done, 2), (await app.RobotRunsAsync()).Select(r => (r.State, r.Attempt)).First());
    }

    [Fact]
    public async Task A_robot_that_keeps_failing_asks_a_person()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        app.Services.GetRequiredService<TestOutside>().Failures = int.MaxValue;
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_failing") with { OnError = LongPause });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        for (var i = 0; i < OnErrorPlan.Default.Attempts; i++)
        {
            await app.DrainAsync();
            await app.TravelAsync(LongEnough);
        }

        var robotRun = Assert.Single(await app.RobotRunsAsync());
        var incident = await app.ReadAsync(db => db.Incidents.SingleAsync());
        Assert.Equal((RobotRunState.Incident, OnErrorPlan.Default.Attempts), (robotRun.State, robotRun.Attempt));
        Assert.Equal(("robot.failed", robotRun.Id, "The machine is on fire."), (incident.Code, incident.RobotRunId!.Value, incident.Message));
        Assert.Equal(app.Admin, await app.ScalarAsync<long>("select person_id from notification"));
        Assert.Empty(await app.CommentsAsync());
    }

    [Fact]
    public async Task A_rule_that_says_no_is_an_incident_at_once()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("change_fields", new { fields = new { OPPORTUNITY = "a lot" } }));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.DrainAsync();

        var incident = await app.ReadAsync(db => db.Incidents.SingleAsync());
        Assert.Equal("field.type", incident.Code);
        Assert.Contains("OPPORTUNITY", incident.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_placeholder_that_is_not_known_names_its_setting()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "{=Document:NO_SUCH_FIELD}" }));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.DrainAsync();

        var incident = await app.ReadAsync(db => db.Incidents.SingleAsync());
        Assert.Equal("settings.unresolved", incident.Code);
        Assert.StartsWith("text:", incident.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_cannot_be_written_stops_only_its_own_track()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "good" }));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("test_poison"), Robot("add_comment", new { text = "beside poison" }));
        foreach (var stage in (string[])[Deals.First, Deals.Second, Deals.First]) await app.MoveAsync(await app.AddDealAsync(), stage);

        await app.DrainAsync();

        Assert.Equal(["beside poison", "good", "good"], (await app.CommentsAsync()).Order());
        var incident = await app.ReadAsync(db => db.Incidents.SingleAsync());
        Assert.Equal("write.failed", incident.Code);
        Assert.Single(await app.RobotRunsAsync(), r => r.State == RobotRunState.Incident);
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from lane where state <> 2"));
    }

    [Fact]
    public async Task A_poisoned_start_still_leaves_the_former_stage()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("wait", new { duration = "PT1H" }));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("test_poison"));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        await app.MoveAsync(deal, Deals.Second);

        await app.DrainAsync();

        Assert.Equal([RunState.Cancelled, RunState.Running], (await app.RunsAsync()).Select(r => r.State));
        Assert.Equal([RobotRunState.Cancelled, RobotRunState.Incident], (await app.RobotRunsAsync()).Select(r => r.State));
    }

    [Fact]
    public async Task A_database_that_goes_away_in_the_middle_neither_loses_nor_repeats_the_work()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        var outside = app.Services.GetRequiredService<TestOutside>();
        outside.Failures = 3;
        outside.Outage = () => app.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_outage"));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        for (var i = 0; i < 20 && outside.Failures >= 0; i++)
        {
            try
            {
                await app.DrainAsync();
                await app.TravelAsync(TimeSpan.FromSeconds(2));
            }
            catch (NpgsqlException)
            {
                // The executor's loop begins again.
            }
        }

        await app.DrainAsync();
        Assert.Equal(["once"], await app.CommentsAsync());
        Assert.Equal((RobotRunState.Done, 1), Assert.Single((await app.RobotRunsAsync()).Select(r => (r.State, r.Attempt))));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from lane where state <> 2"));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from incident"));
    }

    [Fact]
    public async Task Two_stages_that_send_an_item_to_each_other_are_stopped_with_one_incident()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("change_stage", new { stage = Deals.Second }));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("change_stage", new { stage = Deals.First }));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.DrainAsync();

        Assert.Equal("budget.depth", (await app.ReadAsync(db => db.Incidents.SingleAsync())).Code);
        var runs = await app.RunsAsync();
        Assert.Equal(RunState.Stopped, runs.MaxBy(r => r.Depth)!.State);
        Assert.DoesNotContain(runs, r => r.State == RunState.Running);
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from notification"));
    }

    [Fact]
    public async Task A_cycle_with_a_pause_in_it_is_stopped_as_well()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("change_stage", new { stage = Deals.Second }) with { Delay = new("PT1M") });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("change_stage", new { stage = Deals.First }) with { Delay = new("PT1M") });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        for (var i = 0; i < 30; i++)
        {
            await app.DrainAsync();
            await app.TravelAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("budget.depth", (await app.ReadAsync(db => db.Incidents.SingleAsync())).Code);
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from timer"));
    }
}
