using AutomationCrm.Application.Automation.Incidents;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation.Editing;

public class LaunchTests
{
    [Fact]
    public async Task A_script_runs_on_chosen_items_with_what_its_starter_was_asked_for()
    {
        await using var app = await AppFixture.StartAsync();
        var script = await app.SendAsync(new SaveScript(ItemTypeIds.Deal, null, Note("{=Document:TITLE}: {=Template:Reason}"), 0));
        long[] deals = [await app.AddDealAsync("One"), await app.AddDealAsync("Two")];

        var started = await app.SendAsync(new StartScript(ItemTypeIds.Deal, script, deals, new Dictionary<string, string> { ["Reason"] = "spring" }));
        var before = await app.SendAsync(new GetLaunch(started.Id));
        await app.DrainAsync();
        var after = await app.SendAsync(new GetLaunch(started.Id));

        Assert.Equal([LaunchItemState.Queued, LaunchItemState.Queued], before!.Items.Select(i => i.State));
        Assert.Equal([LaunchItemState.Completed, LaunchItemState.Completed], after!.Items.Select(i => i.State));
        Assert.Equal(["One: spring", "Two: spring"], (await app.CommentsAsync()).Order());
        Assert.True(after.View.IsOver);
    }

    [Fact]
    public async Task A_script_goes_on_when_its_item_moves_and_does_not_stop_the_robots_of_the_stage()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "stage" }) with { Delay = new("PT2H") });
        var script = await app.SendAsync(new SaveScript(ItemTypeIds.Deal, null, new() { Name = "Later", Robots = [Robot("add_comment", new { text = "script" }) with { Delay = new("PT1H") }] }, 0));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        await app.SendAsync(new StartScript(ItemTypeIds.Deal, script, [deal], new Dictionary<string, string>()));
        await app.DrainAsync();

        await app.MoveAsync(deal, Deals.Second);
        await app.DrainAsync();
        await app.TravelAsync(TimeSpan.FromHours(3));
        await app.DrainAsync();

        Assert.Equal(["script"], await app.CommentsAsync());
    }

    [Fact]
    public async Task A_robot_that_fails_shows_as_failed_on_its_item_only()
    {
        await using var app = await AppFixture.StartAsync();
        var script = await app.SendAsync(new SaveScript(ItemTypeIds.Deal, null, new() { Name = "Move", Robots = [Robot("change_fields", new { fields = new { PROBABILITY = "{=Document:TITLE}" } })] }, 0));
        long[] deals = [await app.AddDealAsync("50"), await app.AddDealAsync("no number")];

        var started = await app.SendAsync(new StartScript(ItemTypeIds.Deal, script, deals, new Dictionary<string, string>()));
        await app.DrainAsync();

        var items = (await app.SendAsync(new GetLaunch(started.Id)))!.Items.ToDictionary(i => i.Item.Id, i => i.State);
        Assert.Equal((LaunchItemState.Completed, LaunchItemState.Failed), (items[deals[0]], items[deals[1]]));
    }

    [Theory]
    [InlineData(IncidentAction.Retry, LaunchItemState.Completed)]
    [InlineData(IncidentAction.Skip, LaunchItemState.Terminated)]
    public async Task A_launch_that_cannot_be_written_stands_still_and_a_person_decides(IncidentAction action, LaunchItemState end)
    {
        await using var app = await AppFixture.StartAsync();
        var script = await app.SendAsync(new SaveScript(ItemTypeIds.Deal, null, Note("x") with { Name = "Spring letters" }, 0));
        var started = await app.SendAsync(new StartScript(ItemTypeIds.Deal, script, [await app.AddDealAsync()], new Dictionary<string, string> { ["Reason"] = "r" }));
        await app.ExecuteAsync("alter table launch_item add constraint broken check (run_id is null)");

        await app.DrainAsync();
        var incident = await app.ReadAsync(db => db.Incidents.SingleAsync());
        Assert.Equal("launch.failed", incident.Code);
        Assert.StartsWith("Spring letters: ", incident.Message, StringComparison.Ordinal);
        Assert.Equal(LaunchItemState.Queued, Assert.Single((await app.SendAsync(new GetLaunch(started.Id)))!.Items).State);

        await app.ExecuteAsync("alter table launch_item drop constraint broken");
        await app.SendAsync(new ResolveIncident(incident.Id, action));
        await app.DrainAsync();
        Assert.Equal(end, Assert.Single((await app.SendAsync(new GetLaunch(started.Id)))!.Items).State);
    }

    [Fact]
    public async Task The_robots_of_a_script_that_are_not_reached_yet_are_on_the_items_automation_tab()
    {
        await using var app = await AppFixture.StartAsync();
        var script = await app.SendAsync(new SaveScript(ItemTypeIds.Deal, null, new()
        {
            Name = "Two",
            Robots = [Robot("add_comment", new { text = "first" }, "a") with { Delay = new("PT1H") }, Robot("add_comment", new { text = "second" }, "b") with { Name = "Second", AfterPrevious = true }],
        }, 0));
        var deal = await app.AddDealAsync();
        await app.SendAsync(new StartScript(ItemTypeIds.Deal, script, [deal], new Dictionary<string, string>()));
        await app.DrainAsync();

        var run = Assert.Single((await app.SendAsync(new GetItemAutomation(ItemRef.Deal(deal)))).Stages.SelectMany(s => s.Runs));
        Assert.Equal([("a", RobotProgress.Waiting), ("b", RobotProgress.NotReached)], run.Robots.Select(r => (r.Key, r.Progress)));
        Assert.Equal(("Second", "after.previous"), (run.Robots[1].Name, run.Robots[1].Code));
    }

    [Fact]
    public async Task Items_come_to_their_turn_at_a_bounded_rate_and_those_still_queued_can_be_terminated()
    {
        await using var app = await AppFixture.StartAsync();
        var script = await app.SendAsync(new SaveScript(ItemTypeIds.Deal, null, Note("x"), 0));
        var deals = new List<long>();
        for (var i = 0; i < (2 * FeedLaunchJob.ItemsAtOnce) + 5; i++) deals.Add(await app.AddDealAsync());
        var started = await app.SendAsync(new StartScript(ItemTypeIds.Deal, script, deals, new Dictionary<string, string> { ["Reason"] = "r" }));

        await app.DrainAsync();
        Assert.Equal(FeedLaunchJob.ItemsAtOnce, (await app.CommentsAsync()).Count);
        await app.TravelAsync(FeedLaunchJob.Pause);
        await app.DrainAsync();
        Assert.Equal(2 * FeedLaunchJob.ItemsAtOnce, (await app.CommentsAsync()).Count);

        await app.SendAsync(new CancelLaunch(started.Id));
        await app.TravelAsync(FeedLaunchJob.Pause);
        await app.DrainAsync();

        var view = (await app.SendAsync(new GetLaunch(started.Id)))!.View;
        Assert.Equal((2 * FeedLaunchJob.ItemsAtOnce, 5, 0), (view.Of(LaunchItemState.Completed), view.Of(LaunchItemState.Terminated), view.Of(LaunchItemState.Queued)));
    }

    [Fact]
    public async Task Items_that_the_starter_may_not_change_are_left_out()
    {
        await using var app = await AppFixture.StartAsync();
        var script = await app.SendAsync(new SaveScript(ItemTypeIds.Deal, null, Note("x"), 0));
        var (open, closed) = (await app.AddDealAsync(), await app.AddDealAsync());
        await app.ExecuteAsync($"update item set opened = false where id = {closed}");

        var started = await app.SendAsync(new StartScript(ItemTypeIds.Deal, script, [open, closed], new Dictionary<string, string> { ["Reason"] = "r" }), person: 77);
        Assert.Equal((1, 1), (started.Items, started.LeftOut));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new StartScript(ItemTypeIds.Deal, script, [closed], new Dictionary<string, string> { ["Reason"] = "r" }), person: 77));
        await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new StartScript(ItemTypeIds.Deal, script, [open], new Dictionary<string, string>()), person: 77));
    }

    [Fact]
    public async Task Added_robots_are_applied_to_the_items_on_the_stage_and_no_others()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "old" }, "old"));
        var (here, gone) = (await app.AddDealAsync(), await app.AddDealAsync());
        await app.MoveAsync(here, Deals.First);
        await app.MoveAsync(gone, Deals.First);
        await app.DrainAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "old" }, "old"), Robot("add_comment", new { text = "new" }, "new"));
        var launch = await app.SendAsync(new ApplyToStage(ItemTypeIds.Deal, Deals.First, ["new"]));
        await app.MoveAsync(gone, Deals.Second);

        await app.DrainAsync();

        Assert.Equal(["new", "old", "old"], (await app.CommentsAsync()).Order());
        var items = (await app.SendAsync(new GetLaunch(launch)))!.Items.ToDictionary(i => i.Item.Id, i => (i.State, i.Reason));
        Assert.Equal((LaunchItemState.Completed, null), items[here]);
        Assert.Equal((LaunchItemState.Terminated, "stage.left"), items[gone]);
        Assert.Equal(2, (await app.SendAsync(new GetLaunch(launch)))!.View.Launch.Total);
    }

    private static ScriptConfig Note(string text) => new()
    {
        Name = "Note",
        Parameters = [new("Reason", "Reason", FieldKind.Text, Required: true)],
        Robots = [Robot("add_comment", new { text })],
    };
}
