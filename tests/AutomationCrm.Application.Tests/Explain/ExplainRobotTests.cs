using AutomationCrm.Application.Automation.Explain;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using Microsoft.Extensions.DependencyInjection;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Explain;

public sealed class ExplainRobotTests
{
    [Fact]
    public async Task Every_state_is_told_with_its_reason_and_the_values_that_were_seen()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First,
            Robot("add_comment", new { text = "x" }, "done"),
            Robot("add_comment", new { text = "{=nobody:Result}" }, "failed"),
            Robot("add_comment", new { text = "x" }, "after_failed") with { AfterPrevious = true },
            Robot("add_comment", new { text = "x" }, "waiting") with { Delay = new DelayConfig { After = "P1D" } },
            Robot("add_comment", new { text = "x" }, "not_started") with { Condition = When("OPPORTUNITY", "gt", "1000") },
            Robot("add_comment", new { text = "x" }, "off") with { Enabled = false });
        var deal = await app.AddDealAsync("Chairs", 5);
        Assert.Equal((ExplainState.NeverReached, "stage.never"), await WhyAsync(app, deal, "done"));

        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();

        Assert.Equal((ExplainState.Done, "done"), await WhyAsync(app, deal, "done"));
        Assert.Equal((ExplainState.Failed, "settings.unresolved"), await WhyAsync(app, deal, "failed"));
        Assert.Equal((ExplainState.Waiting, "after.previous"), await WhyAsync(app, deal, "after_failed"));
        Assert.Equal((ExplainState.Waiting, "delay"), await WhyAsync(app, deal, "waiting"));
        Assert.Equal((ExplainState.NotStarted, "condition.false"), await WhyAsync(app, deal, "not_started"));
        Assert.Equal((ExplainState.NotStarted, "robot.disabled"), await WhyAsync(app, deal, "off"));
        var seen = await app.SendAsync(new ExplainRobot(ItemRef.Deal(deal), Deals.First, "not_started"));
        Assert.Contains("\"left\":5", seen.Robot!.ConditionJson!.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("Ada Admin", (await app.SendAsync(new ExplainRobot(ItemRef.Deal(deal), Deals.First, "off"))).SwitchedOff!.PersonName);

        await app.MoveAsync(deal, "NEW");
        await app.DrainAsync();
        Assert.Equal((ExplainState.Stopped, "stage.left"), await WhyAsync(app, deal, "waiting"));
    }

    [Fact]
    public async Task A_stage_that_was_jumped_over_says_so_until_the_item_goes_back()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "x" }, "done"));
        var deal = await app.AddDealAsync();

        await app.MoveAsync(deal, Deals.Second);
        await app.DrainAsync();
        Assert.Equal((ExplainState.NeverReached, "stage.jumped"), await WhyAsync(app, deal, "done"));
        await app.MoveAsync(deal, "LOSE");
        Assert.Equal((ExplainState.NeverReached, "stage.jumped"), await WhyAsync(app, deal, "done"));
        await app.MoveAsync(deal, "NEW");

        Assert.Equal((ExplainState.NeverReached, "stage.never"), await WhyAsync(app, deal, "done"));
        await app.MoveAsync(deal, "LOSE");
        Assert.Equal((ExplainState.NeverReached, "stage.jumped"), await WhyAsync(app, deal, "done"));
    }

    [Fact]
    public async Task A_robot_that_was_added_later_says_since_when_and_a_changed_one_that_it_was_changed()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "x" }, "first"), Robot("add_comment", new { text = "x" }, "gone"));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "changed" }, "first"), Robot("add_comment", new { text = "y" }, "second"));

        var second = await app.SendAsync(new ExplainRobot(ItemRef.Deal(deal), Deals.First, "second"));
        var first = await app.SendAsync(new ExplainRobot(ItemRef.Deal(deal), Deals.First, "first"));
        var gone = await app.SendAsync(new ExplainRobot(ItemRef.Deal(deal), Deals.First, "gone"));

        Assert.Equal((ExplainState.NeverReached, "robot.added_later", 2), (second.State, second.Code, second.Added!.Version));
        Assert.Equal((ExplainState.Done, true, true), (first.State, first.ChangedSince, first.StillThere));
        Assert.Equal((ExplainState.Done, false), (gone.State, gone.StillThere));
        Assert.Equal("robot.unknown", (await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new ExplainRobot(ItemRef.Deal(deal), Deals.First, "nobody")))).Code);
    }

    [Fact]
    public async Task What_a_limit_stopped_is_a_state_of_its_own()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("change_stage", new { stage = Deals.Second }, "there"));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("change_stage", new { stage = Deals.First }, "back"));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        var stopped = Assert.Single(await app.RunsAsync(), r => r.State == RunState.Stopped);

        var told = await app.SendAsync(new ExplainRobot(ItemRef.Deal(deal), stopped.StageId, stopped.StageId == Deals.First ? "there" : "back"));

        Assert.Equal((ExplainState.Limit, stopped.Message), (told.State, told.Message));
    }

    [Fact]
    public async Task What_would_happen_now_is_played_through_without_effect()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "{=Document:TITLE}" }, "note") with { Condition = When("OPPORTUNITY", "gt", "1000") });
        var deal = await app.AddDealAsync("Chairs", 5);
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        await app.ExecuteAsync("update item set amount = 2000 where type_id = 2");

        var told = await app.SendAsync(new ExplainRobot(ItemRef.Deal(deal), Deals.First, "note", WithNow: true));

        Assert.Equal(ExplainState.NotStarted, told.State);
        Assert.Equal((RobotProgress.Done, "Chairs"), (told.Now!.View.Progress, Assert.Single(told.Now.Acts).Text));
        Assert.Empty(await app.CommentsAsync());
    }

    [Fact]
    public async Task Whoever_may_not_read_the_item_is_told_nothing()
    {
        await using var app = await AppFixture.StartAsync();
        var member = await app.ScalarAsync<long>("insert into person (name, created_at) values ('Max', now()) returning id");
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "x" }, "note"));
        var deal = await app.AddDealAsync();
        await app.ExecuteAsync("update item set opened = false where type_id = 2");

        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new ExplainRobot(ItemRef.Deal(deal), Deals.First, "note"), member));
    }

    private static async Task<(ExplainState, string)> WhyAsync(AppFixture app, long deal, string key)
    {
        var told = await app.SendAsync(new ExplainRobot(ItemRef.Deal(deal), Deals.First, key), origin: Origin.Page);
        return (told.State, told.Code);
    }
}
