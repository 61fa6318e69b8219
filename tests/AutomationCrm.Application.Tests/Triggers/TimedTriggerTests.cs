using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using static AutomationCrm.Application.Tests.Triggers.TriggerSteps;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Triggers;

/// <summary>Triggers of moments: deadlines, dates, silence.</summary>
public class TimedTriggerTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task An_overdue_task_is_told_exactly_once_per_deadline()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, "NEW", new StageAutomationConfig
        {
            Triggers = [Trigger("task_overdue", key: "late") with { Move = false }],
            Robots = [Robot("add_comment", new { text = "{=Template:Title} is late" }) with { StartedBy = "late" }],
        });
        var deal = await app.AddDealAsync();
        var task = await app.SendAsync(new AddTask("Call") { Item = ItemRef.Deal(deal), Deadline = TimeProvider.System.GetUtcNow() + Day });
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from timer"));
        await app.DrainAsync();
        Assert.Empty(await app.CommentsAsync());

        await app.TravelAsync(Day);
        await app.DrainAsync();
        // Whoever edits an overdue task does not make it overdue once more.
        var stored = await app.ReadAsync(db => Task.FromResult(db.Tasks.Single()));
        await app.SendAsync(new UpdateTask(task, "Call them", "", stored.ResponsibleId, stored.Deadline));
        await app.TravelAsync(Day);
        await app.DrainAsync();
        Assert.Equal(["Call is late"], await app.CommentsAsync());

        await app.SendAsync(new UpdateTask(task, "Call them", "", stored.ResponsibleId, stored.Deadline + Day));
        await app.TravelAsync(3 * Day);
        await app.DrainAsync();
        Assert.Equal(["Call is late", "Call them is late"], await app.CommentsAsync());
    }

    [Fact]
    public async Task A_closed_task_is_not_overdue()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("task_overdue")] });
        var deal = await app.AddDealAsync();
        var task = await app.SendAsync(new AddTask("Call") { Item = ItemRef.Deal(deal), Deadline = TimeProvider.System.GetUtcNow() + Day });
        await app.SendAsync(new CloseTask(task));

        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from timer"));
    }

    [Fact]
    public async Task A_date_moves_the_item_when_it_comes_and_the_timer_follows_the_date()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("date_reached", new { field = "CLOSEDATE", offset = "-P1D", time = "09:00" })] });
        var deal = await app.AddDealAsync();
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(10);
        await app.ChangeAsync(deal, FieldCodes.CloseDate, Value.Of(day));
        await app.ChangeAsync(deal, FieldCodes.CloseDate, Value.Of(day.AddDays(10)));
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from timer"));
        Assert.Equal(day.AddDays(9).ToDateTime(new(9, 0)), await app.ScalarAsync<DateTime>("select due_at from timer"));

        await app.TravelAsync(20 * Day);
        await app.DrainAsync();

        Assert.Equal(Deals.First, await app.StageAsync(deal));
    }

    [Fact]
    public async Task A_date_that_is_taken_away_moves_nothing()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("date_reached", new { field = "CLOSEDATE" })] });
        var deal = await app.AddDealAsync();
        await app.ChangeAsync(deal, FieldCodes.CloseDate, Value.Of(new DateOnly(2100, 1, 1)));
        await app.ChangeAsync(deal, FieldCodes.CloseDate, Value.Null);

        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from timer"));
    }

    [Fact]
    public async Task An_idle_item_moves_and_activity_moves_the_moment_without_a_write_of_its_own()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, "LOSE", new StageAutomationConfig { Triggers = [Trigger("idle", new { days = 7 })] });
        var deal = await app.AddDealAsync();
        var due = await app.ScalarAsync<DateTime>("select due_at from timer");

        await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of("we talked"));
        Assert.Equal(due, await app.ScalarAsync<DateTime>("select due_at from timer"));
        await app.TravelAsync(7 * Day);
        await app.DrainAsync();
        Assert.Equal("NEW", await app.StageAsync(deal));
        Assert.True(await app.ScalarAsync<DateTime>("select due_at from timer") > due);

        await app.TravelAsync(8 * Day);
        await app.DrainAsync();
        Assert.Equal("LOSE", await app.StageAsync(deal));
    }
}
