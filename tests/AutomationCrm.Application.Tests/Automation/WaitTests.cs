using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.People;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

/// <summary>Waiting for something to happen, and moving what waits by hand.</summary>
public class WaitTests
{
    [Fact]
    public async Task A_condition_that_comes_true_lets_the_track_go_on_without_polling()
    {
        await using var app = await WaitingAsync(new { what = "condition", condition = new { any = new object[] { new { field = "OPPORTUNITY", op = "gt", value = "1000" }, new { field = "COMPANY.TITLE", op = "eq", value = "Acme" } } } });
        Assert.Equal((RobotRunState.Waiting, "wait.condition"), (await app.RobotRunsAsync()).Select(r => (r.State, r.Code)).First());
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from timer where robot_run_id is not null"));

        await UpdateAsync(app, "OPPORTUNITY", Value.Of(500m));
        await app.DrainAsync();
        Assert.Empty(await app.CommentsAsync());
        await UpdateAsync(app, "OPPORTUNITY", Value.Of(1500m));
        await app.DrainAsync();

        Assert.Equal(["after"], await app.CommentsAsync());
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from watch"));
        Assert.Equal(RunState.Done, Assert.Single(await app.RunsAsync()).State);
    }

    [Fact]
    public async Task A_change_of_the_client_is_heard_as_well()
    {
        await using var app = await AppFixture.StartAsync();
        await PublishAsync(app, new { what = "condition", condition = new { all = new object[] { new { field = "COMPANY.TITLE", op = "eq", value = "Acme" } } } });
        var company = await app.SendAsync(new AddItem(ItemTypeIds.Company, new Dictionary<string, Value> { ["TITLE"] = Value.Of("Old") }));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();

        await UpdateAsync(app, "COMPANY_ID", new ItemValue(ItemTypeIds.Company, company));
        await app.DrainAsync();
        Assert.Empty(await app.CommentsAsync());
        await app.SendAsync(new UpdateItem(new(ItemTypeIds.Company, company), new Dictionary<string, Value> { ["TITLE"] = Value.Of("Acme") }));
        await app.DrainAsync();

        Assert.Equal(["after"], await app.CommentsAsync());
    }

    [Theory]
    [InlineData("filled", "COMMENTS,CLOSEDATE", "COMMENTS", false)]
    [InlineData("filled", "COMMENTS", "COMMENTS", true)]
    [InlineData("changed", "TITLE", "COMMENTS", false)]
    [InlineData("changed", "COMMENTS", "COMMENTS", true)]
    public async Task Fields_that_are_filled_in_or_changed(string what, string fields, string changed, bool goesOn)
    {
        await using var app = await WaitingAsync(new { what, fields });
        await UpdateAsync(app, changed, Value.Of("x"));

        await app.DrainAsync();

        Assert.Equal(goesOn ? ["after"] : [], await app.CommentsAsync());
    }

    [Fact]
    public async Task A_task_of_an_earlier_robot_is_waited_for_and_no_other()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(
            ItemTypeIds.Deal,
            Deals.First,
            Robot("create_task", new { title = "Call" }, "task"),
            Robot("wait_for", new { what = "task_closed", task = "{=task:TaskId}" }) with { AfterPrevious = true },
            Robot("add_comment", new { text = "called" }) with { AfterPrevious = true });
        var deal = await app.AddDealAsync();
        var other = await app.SendAsync(new AddTask("Other") { Item = ItemRef.Deal(deal) });
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();

        await app.SendAsync(new CloseTask(other));
        await app.DrainAsync();
        Assert.Empty(await app.CommentsAsync());
        await app.SendAsync(new CloseTask(await app.ScalarAsync<long>("select max(id) from task where title = 'Call'")));
        await app.DrainAsync();

        Assert.Equal(["called"], await app.CommentsAsync());
    }

    [Theory]
    [InlineData("go_on", "after", Deals.First, RobotRunState.Done)]
    [InlineData("stop", "", Deals.First, RobotRunState.Skipped)]
    [InlineData("move", "", Deals.Second, RobotRunState.Done)]
    public async Task When_the_time_is_over_it_goes_on_stops_or_moves_the_item(string onTimeout, string comments, string stage, RobotRunState state)
    {
        await using var app = await WaitingAsync(new { what = "filled", fields = "COMMENTS", timeout = "P1D", onTimeout, stage = Deals.Second });

        await app.TravelAsync(TimeSpan.FromDays(1));
        await app.DrainAsync();

        Assert.Equal(comments, string.Join(',', await app.CommentsAsync()));
        Assert.Equal(stage, (await app.FindItemAsync(ItemRef.Deal(1)))!.StageId);
        Assert.Equal(state, (await app.RobotRunsAsync())[0].State);
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from watch"));
        await UpdateAsync(app, "COMMENTS", Value.Of("late"));
        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from job"));
    }

    [Fact]
    public async Task A_date_is_reached()
    {
        await using var app = await WaitingAsync(new { what = "date", date = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(3).ToString("yyyy-MM-dd") });

        await app.TravelAsync(TimeSpan.FromDays(3));
        await app.DrainAsync();

        Assert.Equal(["after"], await app.CommentsAsync());
    }

    [Fact]
    public async Task Leaving_the_stage_ends_the_waiting()
    {
        await using var app = await WaitingAsync(new { what = "filled", fields = "COMMENTS", timeout = "P1D" });

        await app.MoveAsync(1, Deals.Second);
        await app.DrainAsync();

        Assert.Equal(0, await app.ScalarAsync<long>("select (select count(*) from watch) + (select count(*) from timer where robot_run_id is not null)"));
        Assert.Equal((RobotRunState.Cancelled, "stage.left"), (await app.RobotRunsAsync()).Select(r => (r.State, r.Code)).First());
    }

    [Fact]
    public async Task What_waits_can_be_let_go_on_and_the_history_says_who_did_it()
    {
        await using var app = await WaitingAsync(new { what = "filled", fields = "COMMENTS" });

        await app.SendAsync(new RunWaitNow((await app.RobotRunsAsync())[0].Id));
        await app.DrainAsync();

        Assert.Equal(["after"], await app.CommentsAsync());
        Assert.Equal("person.hurried", (await app.RobotRunsAsync())[0].Code);
        Assert.Equal([("wait_run", app.Admin)], await app.ReadAsync(db => db.TimelineNotes.Select(n => new { n.Kind, n.ActorId }).ToListAsync().ContinueWith(t => t.Result.Select(n => (n.Kind, n.ActorId)).ToList(), TaskScheduler.Default)));
    }

    [Fact]
    public async Task A_delay_can_be_postponed_and_the_old_moment_means_nothing_any_more()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "late" }) with { Delay = new("PT10M") });
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.DrainAsync();
        var robotRun = Assert.Single(await app.RobotRunsAsync());

        await app.SendAsync(new PostponeWait(robotRun.Id, robotRun.DueAt!.Value.AddHours(2)));
        await app.TravelAsync(TimeSpan.FromMinutes(30));
        await app.DrainAsync();
        Assert.Empty(await app.CommentsAsync());
        await app.TravelAsync(TimeSpan.FromHours(2));
        await app.DrainAsync();

        Assert.Equal(["late"], await app.CommentsAsync());
        await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new CancelWait(robotRun.Id)));
    }

    [Fact]
    public async Task Cancelling_a_wait_ends_its_track()
    {
        await using var app = await WaitingAsync(new { what = "filled", fields = "COMMENTS" });

        await app.SendAsync(new CancelWait((await app.RobotRunsAsync())[0].Id));
        await UpdateAsync(app, "COMMENTS", Value.Of("x"));
        await app.DrainAsync();

        Assert.Empty(await app.CommentsAsync());
        Assert.Equal((RobotRunState.Cancelled, "person.cancelled"), (await app.RobotRunsAsync()).Select(r => (r.State, r.Code)).First());
        Assert.Equal(RunState.Cancelled, Assert.Single(await app.RunsAsync()).State);
    }

    [Fact]
    public async Task Members_move_only_what_waits_on_items_they_may_change()
    {
        await using var app = await WaitingAsync(new { what = "filled", fields = "COMMENTS" });
        await app.SendAsync(new UpdateItem(ItemRef.Deal(1), new Dictionary<string, Value> { ["OPENED"] = Value.False }));
        var member = await app.ReadAsync(async db =>
        {
            var person = new Person { Name = "Max", CreatedAt = TimeProvider.System.GetUtcNow() };
            db.People.Add(person);
            await db.SaveConfigurationAsync(CancellationToken.None);
            return person.Id;
        });

        await Assert.ThrowsAsync<NotFoundException>(async () => await app.SendAsync(new RunWaitNow((await app.RobotRunsAsync())[0].Id), person: member));
    }

    private static async Task<AppFixture> WaitingAsync(object settings)
    {
        var app = await AppFixture.StartAsync();
        await PublishAsync(app, settings);
        await app.MoveAsync(await app.AddDealAsync(), Deals.First);
        await app.DrainAsync();
        return app;
    }

    private static Task<int> PublishAsync(AppFixture app, object settings) =>
        app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("wait_for", settings), Robot("add_comment", new { text = "after" }) with { AfterPrevious = true });

    private static Task UpdateAsync(AppFixture app, string field, Value value) => app.SendAsync(new UpdateItem(ItemRef.Deal(1), new Dictionary<string, Value> { [field] = value }));
}
