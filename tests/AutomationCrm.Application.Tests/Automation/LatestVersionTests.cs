using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

/// <summary>Healthy runs that are moved to a newer version.</summary>
public class LatestVersionTests
{
    [Fact]
    public async Task A_waiting_run_goes_on_by_the_newest_version_keeps_its_moment_and_the_results_of_earlier_robots()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Calculate, Late("old {=sum:Result}"));
        var deal = await app.AddDealAsync(amount: 5);
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        var (before, waits) = (Assert.Single(await app.RunsAsync()), (await app.RobotRunsAsync())[1]);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Calculate, Late("new {=sum:Result} {=Variable:total}"), Robot("add_comment", new { text = "after" }, "after") with { AfterPrevious = true });

        var next = await app.SendAsync(new MoveRunToLatest(before.Id));
        await app.DrainAsync();

        var moved = (await app.RobotRunsAsync()).Where(r => r.RunId == next).ToList();
        Assert.Equal([("sum", RobotRunState.Done), ("late", RobotRunState.Waiting)], moved.Select(r => (r.RobotKey, r.State)));
        Assert.Equal(waits.DueAt, moved[1].DueAt);
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from timer"));

        await app.TravelAsync(TimeSpan.FromDays(1));
        await app.DrainAsync();
        Assert.Equal(["new 10 10", "after"], await app.CommentsAsync());
        Assert.Equal([(before.Id, RunState.Cancelled), (next, RunState.Done)], (await app.RunsAsync()).Select(r => (r.Id, r.State)));
    }

    [Fact]
    public async Task A_delay_that_has_changed_counts_anew_and_a_robot_that_is_gone_leaves_the_run_as_it_is()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Late("x"));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        var run = Assert.Single(await app.RunsAsync()).Id;
        Assert.Equal("latest.same", (await RefusedAsync(app, deal, run)).Code);

        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "other" }, "other"));
        Assert.Equal("latest.gone", (await RefusedAsync(app, deal, run)).Code);
        Assert.Equal(RunState.Running, Assert.Single(await app.RunsAsync()).State);

        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Late("x") with { Delay = new("PT1H") });
        await app.SendAsync(new MoveRunToLatest(run));
        await app.DrainAsync();
        await app.TravelAsync(TimeSpan.FromHours(1));
        await app.DrainAsync();
        Assert.Equal(["x"], await app.CommentsAsync());
        Assert.Equal("run.ended", (await RefusedAsync(app, deal, run)).Code);
    }

    [Fact]
    public async Task Runs_that_do_not_all_wait_stay_and_members_may_not_move_any()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Late("x"), Robot("change_fields", new { fields = new { OPPORTUNITY = "{=Document:TITLE}" } }, "broken"));
        var deal = await app.AddDealAsync("no number");
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        var run = Assert.Single(await app.RunsAsync()).Id;
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Late("y"));

        Assert.Equal("latest.busy", (await RefusedAsync(app, deal, run)).Code);
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new MoveRunToLatest(run), person: 77));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new MoveRunsToLatest(ItemTypeIds.Deal, Deals.First), person: 77));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new MoveRunToLatest(run + 1000)));
    }

    [Fact]
    public async Task All_waiting_runs_of_a_stage_are_moved_a_few_a_second_each_in_its_lane()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Late("old"));
        var count = MoveRunsToLatest.AtOnce + 2;
        for (var i = 0; i < count; i++) await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.DrainAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Late("new"));
        Assert.Equal(count, await app.SendAsync(new CountOldRuns(ItemTypeIds.Deal, Deals.First)));

        Assert.Equal(count, await app.SendAsync(new MoveRunsToLatest(ItemTypeIds.Deal, Deals.First)));
        await app.DrainAsync();
        await app.TravelAsync(TimeSpan.FromSeconds(1));
        await app.DrainAsync();
        Assert.Equal(0, await app.SendAsync(new CountOldRuns(ItemTypeIds.Deal, Deals.First)));
        await app.TravelAsync(TimeSpan.FromDays(1));
        await app.DrainAsync();

        Assert.Equal(Enumerable.Repeat("new", count), await app.CommentsAsync());
    }

    private static RobotConfig Calculate => Robot("calculate", new { formula = "{{= {=Document:OPPORTUNITY} * 2 }}", variable = "total" }, "sum");

    private static RobotConfig Late(string text) => Robot("add_comment", new { text }, "late") with { AfterPrevious = true, Delay = new("P1D") };

    private static Task<RuleBrokenException> RefusedAsync(AppFixture app, long deal, long run) => Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new MoveRunToLatest(run)));
}
