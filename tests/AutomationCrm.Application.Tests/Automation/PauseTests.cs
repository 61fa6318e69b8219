using AutomationCrm.Application.Automation.Pausing;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

public class PauseTests
{
    [Fact]
    public async Task Runs_of_a_paused_stage_are_planned_and_wait_and_go_on_without_loss()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "{=Document:TITLE} one" }, "one"), Robot("add_comment", new { text = "{=Document:TITLE} two" }, "two") with { AfterPrevious = true });
        var pause = await app.SendAsync(new PauseAutomation(ItemTypeIds.Deal, 0, Deals.First));
        var deal = await app.AddDealAsync("A");
        await app.MoveAsync(deal, Deals.First);
        await app.MoveAsync(await app.AddDealAsync("B"), Deals.First);
        await app.DrainAsync();

        Assert.Empty(await app.CommentsAsync());
        Assert.All(await app.RunsAsync(), r => Assert.Equal(RunState.Running, r.State));
        var shown = Assert.Single((await app.SendAsync(new GetItemAutomation(ItemRef.Deal(deal)))).Stages.SelectMany(s => s.Runs)).Robots;
        Assert.Equal(["automation.paused", "after.previous"], shown.Select(r => r.Code!));
        var view = Assert.Single(await app.SendAsync(new ListPauses(ItemTypeIds.Deal, 0)));
        Assert.Equal((true, 2, "Ada Admin"), (view.Lasts, view.Held, view.PausedBy));

        await app.SendAsync(new ResumeAutomation(pause));
        await app.DrainAsync();

        Assert.Equal(["A one", "A two", "B one", "B two"], (await app.CommentsAsync()).Order());
        Assert.All(await app.RunsAsync(), r => Assert.Equal(RunState.Done, r.State));
        Assert.Equal((false, 0), (await app.SendAsync(new ListPauses(ItemTypeIds.Deal, 0))).Select(p => (p.Lasts, p.Held)).Single());
    }

    [Fact]
    public async Task A_paused_pipeline_holds_all_its_stages_and_no_other()
    {
        await using var app = await AppFixture.StartAsync();
        foreach (var stage in (string[])[Deals.First, Deals.Second]) await app.PublishAsync(ItemTypeIds.Deal, stage, Robot("add_comment", new { text = stage }));
        await app.PublishAsync(ItemTypeIds.Deal, "C1:NEW", Robot("add_comment", new { text = "partners" }));
        await app.SendAsync(new PauseAutomation(ItemTypeIds.Deal, 0, null));

        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.MoveAsync(await app.AddDealAsync(), Deals.Second);
        await app.SendAsync(new Application.Crm.Items.AddItem(ItemTypeIds.Deal, new Dictionary<string, Expressions.Values.Value> { ["TITLE"] = Expressions.Values.Value.Of("P"), ["CATEGORY_ID"] = Expressions.Values.Value.Of(1m) }));
        await app.DrainAsync();

        Assert.Equal(["partners"], await app.CommentsAsync());
    }

    [Fact]
    public async Task A_delay_that_is_over_waits_too_and_an_effect_under_way_comes_to_its_end()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "late" }, "late") with { Delay = new("PT1H") }, Robot("test_effect", key: "call"), Robot("add_comment", new { text = "answered" }, "after") with { AfterPrevious = true });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.Services.GetRequiredService<LaneWorker>().RunOnceAsync(app.Node, CancellationToken.None);
        var pause = await app.SendAsync(new PauseAutomation(ItemTypeIds.Deal, 0, Deals.First));
        await app.TravelAsync(TimeSpan.FromHours(1));
        await app.DrainAsync();

        Assert.Empty(await app.CommentsAsync());
        Assert.Single(app.Services.GetRequiredService<TestOutside>().Received);
        Assert.Equal([("late", RobotRunState.Waiting), ("call", RobotRunState.Done)], (await app.RobotRunsAsync()).Select(r => (r.RobotKey, r.State)));

        await app.SendAsync(new ResumeAutomation(pause));
        await app.DrainAsync();
        Assert.Equal(["answered", "late"], (await app.CommentsAsync()).Order());
    }

    [Fact]
    public async Task An_item_that_leaves_a_paused_stage_meets_its_robots_no_more()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "held" }));
        var pause = await app.SendAsync(new PauseAutomation(ItemTypeIds.Deal, 0, Deals.First));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        await app.MoveAsync(deal, Deals.Second);
        await app.DrainAsync();

        await app.SendAsync(new ResumeAutomation(pause));
        await app.DrainAsync();

        Assert.Empty(await app.CommentsAsync());
        Assert.Equal(RunState.Cancelled, Assert.Single(await app.RunsAsync()).State);
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from held_job"));
    }

    [Fact]
    public async Task What_is_held_while_somebody_resumes_is_decided_again_and_not_lost()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "x" }));
        await app.SendAsync(new PauseAutomation(ItemTypeIds.Deal, 0, Deals.First));
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);

        // The pause has ended, and this node has not heard of it.
        await app.ExecuteAsync("update automation_pause set resumed_at = now(), resumed_by = 1");
        await app.Services.GetRequiredService<LaneWorker>().RunOnceAsync(app.Node, CancellationToken.None);
        Assert.Equal((0L, 1L), (await app.ScalarAsync<long>("select count(*) from held_job"), await app.ScalarAsync<long>("select count(*) from job")));

        await app.ExecuteAsync("update configuration_stamp set value = value + 1");
        await app.TravelAsync(TimeSpan.FromMinutes(1));
        await app.DrainAsync();
        Assert.Equal(["x"], await app.CommentsAsync());
    }

    [Fact]
    public async Task What_waited_goes_on_a_few_steps_a_second()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "x" }));
        var pause = await app.SendAsync(new PauseAutomation(ItemTypeIds.Deal, 0, Deals.First));
        for (var i = 0; i < ReleaseHeldJob.StepsAtOnce + 3; i++) await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.DrainAsync();
        await app.SendAsync(new ResumeAutomation(pause));

        await app.DrainAsync();
        Assert.Equal(ReleaseHeldJob.StepsAtOnce, (await app.CommentsAsync()).Count);
        await app.TravelAsync(ReleaseHeldJob.Pause);
        await app.DrainAsync();
        Assert.Equal(ReleaseHeldJob.StepsAtOnce + 3, (await app.CommentsAsync()).Count);
    }

    [Fact]
    public async Task Pausing_twice_resuming_twice_unknown_stages_and_members_are_refused()
    {
        await using var app = await AppFixture.StartAsync();
        var pause = await app.SendAsync(new PauseAutomation(ItemTypeIds.Deal, 0, Deals.First));

        Assert.Equal("pause.paused", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new PauseAutomation(ItemTypeIds.Deal, 0, Deals.First)))).Code);
        Assert.Equal("stage.unknown", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new PauseAutomation(ItemTypeIds.Deal, 0, "NOWHERE")))).Code);
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new PauseAutomation(ItemTypeIds.Deal, 0, null), person: 77));
        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new ResumeAutomation(pause), person: 77));
        await app.SendAsync(new ResumeAutomation(pause));
        Assert.Equal("pause.resumed", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new ResumeAutomation(pause)))).Code);
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new ResumeAutomation(pause + 1)));
        Assert.Equal(1, await app.ReadAsync(db => db.AutomationPauses.CountAsync()));
    }
}
