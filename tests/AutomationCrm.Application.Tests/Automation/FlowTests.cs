using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.People.Accounts;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

/// <summary>What a failure does to its track, who hears of it, and how robots share a commit.</summary>
public class FlowTests
{
    [Theory]
    [InlineData("continue", RobotRunState.Failed, "after", 0)]
    [InlineData("stop", RobotRunState.Failed, "", 0)]
    [InlineData("ask", RobotRunState.Incident, "", 1)]
    public async Task A_failure_goes_on_stops_the_track_or_asks_a_person(string then, RobotRunState state, string comments, long incidents)
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(
            ItemTypeIds.Deal,
            Deals.First,
            Robot("change_fields", new { fields = new { OPPORTUNITY = "{=Document:TITLE}" } }) with { OnError = new() { Then = then } },
            Robot("add_comment", new { text = "after" }) with { AfterPrevious = true });
        await app.MoveAsync(await app.AddDealAsync("no number"), Deals.First);

        await app.DrainAsync();

        Assert.Equal(state, (await app.RobotRunsAsync())[0].State);
        Assert.Equal(comments, string.Join(',', await app.CommentsAsync()));
        Assert.Equal(incidents, await app.ScalarAsync<long>("select count(*) from incident"));
        Assert.Equal(then == "ask" ? RunState.Running : then == "stop" ? RunState.Cancelled : RunState.Done, Assert.Single(await app.RunsAsync()).State);
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from notification"));
    }

    [Fact]
    public async Task As_many_attempts_as_configured_with_growing_pauses()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        app.Services.GetRequiredService<TestOutside>().Failures = 100;
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("test_failing") with { OnError = new() { Then = "continue", Attempts = 2, Pause = "PT1M" } });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.DrainAsync();
        var waiting = Assert.Single(await app.RobotRunsAsync());
        Assert.Equal(RobotRunState.Retrying, waiting.State);
        Assert.InRange((waiting.DueAt!.Value - waiting.StartedAt!.Value).TotalSeconds, 25, 61);

        await app.TravelAsync(TimeSpan.FromMinutes(2));
        await app.DrainAsync();

        Assert.Equal((RobotRunState.Failed, 2), Assert.Single((await app.RobotRunsAsync()).Select(r => (r.State, r.Attempt))));
    }

    [Fact]
    public async Task Failures_of_one_robot_are_one_unread_line_that_counts()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("change_fields", new { fields = new { OPPORTUNITY = "{=Document:TITLE}" } }), Robot("add_comment", new { text = "{=gone:Result}" }, "other"));
        for (var i = 0; i < 3; i++) await app.MoveAsync(await app.AddDealAsync("no number"), Deals.First);
        await app.DrainAsync();

        Assert.Equal([3, 3], await CountsAsync(app));
        Assert.Equal(6, (await app.SendAsync(new GetFrame())).Unread);
        await app.ExecuteAsync("update notification set read_at = now()");
        await app.MoveAsync(await app.AddDealAsync("no number"), Deals.First);
        await app.DrainAsync();

        Assert.Equal([1, 1, 3, 3], (await CountsAsync(app)).Order());
    }

    [Fact]
    public async Task Consecutive_state_robots_share_one_commit()
    {
        // A batch ends after fifty milliseconds too; on a clock that stands still they are never over.
        await using var app = await AppFixture.StartAsync(services => services.AddSingleton<TimeProvider>(new FakeClock(TimeProvider.System.GetUtcNow())));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, [.. Enumerable.Range(0, 10).Select(i => Robot("add_comment", new { text = $"{i}" }, $"r{i}") with { AfterPrevious = i % 2 == 1 })]);
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        await app.DrainAsync();

        // Rows written by one transaction carry its number.
        Assert.Equal((10, 1), (await app.ScalarAsync<long>("select count(*) from robot_run where state = 2"), await app.ScalarAsync<long>("select count(distinct xmin::text) from robot_run")));
        Assert.Equal(1, await app.ScalarAsync<long>("select count(distinct xmin::text) from comment"));
    }

    [Fact]
    public async Task Jumped_over_stages_do_nothing_and_coming_back_begins_afresh()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "first" }));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("add_comment", new { text = "second" }));
        var deal = await app.AddDealAsync();

        await app.MoveAsync(deal, Deals.Second);
        await app.DrainAsync();
        Assert.Equal(["second"], await app.CommentsAsync());
        await app.MoveAsync(deal, "NEW");
        await app.MoveAsync(deal, Deals.Second);
        await app.DrainAsync();

        Assert.Equal(["second", "second"], await app.CommentsAsync());
    }

    [Fact]
    public async Task The_same_stage_again_is_no_move_and_starts_nothing()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "first" }));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.MoveAsync(deal, Deals.First);

        await app.DrainAsync();

        Assert.Equal(["first"], await app.CommentsAsync());
    }

    [Fact]
    public async Task A_robot_added_to_a_stage_does_not_act_on_items_that_stand_there()
    {
        await using var app = await AppFixture.StartAsync();
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "first" }));

        Assert.Equal(0, await app.DrainAsync());

        Assert.Empty(await app.RunsAsync());
    }

    private static Task<List<int>> CountsAsync(AppFixture app) => app.ReadAsync(db => db.Set<Notification>().OrderBy(n => n.Id).Select(n => n.Count).ToListAsync());
}
