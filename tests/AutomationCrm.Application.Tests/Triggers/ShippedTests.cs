using AutomationCrm.Application.Automation.Shipped;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.People;
using AutomationCrm.Testing;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Tests.Triggers;

/// <summary>The pains the product exists for, from the click to the effect.</summary>
public class ShippedTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task A_forgotten_deal_reminds_its_person_then_the_supervisor_and_then_moves()
    {
        await using var app = await AppFixture.StartAsync();
        var head = await GiveHeadAsync(app);
        await app.SendAsync(new AddShippedAutomation(ItemTypeIds.Deal, 0, "idle", new() { StageId = "LOSE" }, ShippedTexts.English));
        var deal = await app.AddDealAsync("Big one");

        await app.TravelAsync(7 * Day);
        await app.DrainAsync();
        Assert.Equal([app.Admin], await NotifiedAsync(app));

        await app.TravelAsync(3 * Day);
        await app.DrainAsync();
        Assert.Equal([app.Admin, head], await NotifiedAsync(app));
        Assert.Equal("NEW", await app.StageAsync(deal));

        await app.TravelAsync(4 * Day);
        await app.DrainAsync();
        Assert.Equal("LOSE", await app.StageAsync(deal));
        // The same idleness is not told again.
        Assert.Equal([app.Admin, head], await NotifiedAsync(app));
    }

    [Fact]
    public async Task A_deal_that_is_won_is_not_given_up_however_long_nobody_touches_it()
    {
        await using var app = await AppFixture.StartAsync();
        await app.SendAsync(new AddShippedAutomation(ItemTypeIds.Deal, 0, "idle", new() { StageId = "LOSE" }, ShippedTexts.English));
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, "WON");

        for (var week = 0; week < 6; week++)
        {
            await app.TravelAsync(7 * Day);
            await app.DrainAsync();
        }

        Assert.Equal("WON", await app.StageAsync(deal));
        Assert.Empty(await NotifiedAsync(app));
    }

    [Fact]
    public async Task Without_a_stage_to_move_to_an_idle_deal_stays_and_is_told_once()
    {
        await using var app = await AppFixture.StartAsync();
        await app.SendAsync(new AddShippedAutomation(ItemTypeIds.Deal, 0, "idle", new(), ShippedTexts.English));
        var deal = await app.AddDealAsync();
        for (var week = 0; week < 3; week++)
        {
            await app.TravelAsync(7 * Day);
            await app.DrainAsync();
        }

        Assert.Equal("NEW", await app.StageAsync(deal));
        Assert.Equal([app.Admin], await NotifiedAsync(app));
    }

    [Fact]
    public async Task An_overdue_task_is_told_to_the_head_of_its_person_and_the_stage_stays()
    {
        await using var app = await AppFixture.StartAsync();
        var head = await GiveHeadAsync(app);
        await app.SendAsync(new AddShippedAutomation(ItemTypeIds.Deal, 0, "overdue", new(), ShippedTexts.English));
        var deal = await app.AddDealAsync("Big one");
        await app.SendAsync(new AddTask("Call them") { Item = ItemRef.Deal(deal), Deadline = TimeProvider.System.GetUtcNow() + Day });

        await app.TravelAsync(Day);
        await app.DrainAsync();

        var notice = await app.ReadAsync(db => db.Notifications.SingleAsync());
        Assert.Equal((head, "The task \"Call them\" of Big one is overdue."), (notice.PersonId, notice.Text));
        Assert.Equal("NEW", await app.StageAsync(deal));
    }

    [Fact]
    public async Task Adding_one_twice_changes_it_and_leaves_other_robots_alone()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, "NEW", TestPortal.Robot("add_comment", new { text = "mine" }));
        await app.SendAsync(new AddShippedAutomation(ItemTypeIds.Deal, 0, "overdue", new(), ShippedTexts.English));
        await app.SendAsync(new AddShippedAutomation(ItemTypeIds.Deal, 0, "overdue", new(), ShippedTexts.English));

        var view = await app.SendAsync(new GetStageAutomation(ItemTypeIds.Deal, "NEW"));
        Assert.Equal(["add_comment", "shipped-overdue-tell"], view.Config.Robots.Select(r => r.Key));
        Assert.Equal(["shipped-overdue"], view.Config.Triggers.Select(t => t.Key));
    }

    [Fact]
    public async Task Items_that_were_there_before_are_waited_for_too()
    {
        await using var app = await AppFixture.StartAsync();
        await app.AddDealAsync();
        await app.ExecuteAsync("update item set updated_at = updated_at - interval '100 days'");

        await app.SendAsync(new AddShippedAutomation(ItemTypeIds.Deal, 0, "idle", new(), ShippedTexts.English));
        await app.DrainAsync();
        Assert.Empty(await NotifiedAsync(app));

        await app.TravelAsync(7 * Day);
        await app.DrainAsync();
        Assert.Equal([app.Admin], await NotifiedAsync(app));
    }

    [Fact]
    public async Task Days_that_do_not_grow_are_refused_and_nothing_is_saved()
    {
        await using var app = await AppFixture.StartAsync();

        await Assert.ThrowsAsync<ValidationException>(() => app.SendAsync(new AddShippedAutomation(ItemTypeIds.Deal, 0, "idle", new() { RemindDays = 20 }, ShippedTexts.English)));

        Assert.Equal(0, await app.ScalarAsync<long>("select count(*) from config_version"));
    }

    private static async Task<long> GiveHeadAsync(AppFixture app)
    {
        var head = await app.AddPersonAsync("Hedda");
        return await app.ReadAsync(async db =>
        {
            var department = new Department { Name = "Sales", HeadId = head };
            db.Departments.Add(department);
            await db.SaveConfigurationAsync(CancellationToken.None);
            (await db.People.SingleAsync(p => p.Id == app.Admin)).DepartmentId = department.Id;
            await db.SaveConfigurationAsync(CancellationToken.None);
            return head;
        });
    }

    private static Task<List<long>> NotifiedAsync(AppFixture app) => app.ReadAsync(db => db.Notifications.OrderBy(n => n.Id).Select(n => n.PersonId).ToListAsync());
}
