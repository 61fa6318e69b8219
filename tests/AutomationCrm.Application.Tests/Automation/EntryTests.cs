using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.RecycleBin;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

/// <summary>Ways onto a stage (reference 1.4) beside the move within a pipeline; that an import starts nothing is shown in ImportedRobotsTests.</summary>
public class EntryTests
{
    [Fact]
    public async Task A_changed_pipeline_stops_what_waits_and_starts_the_robots_of_the_new_stage()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(
            ItemTypeIds.Deal,
            Deals.First,
            Robot("add_comment", new { text = "too late" }, "late") with { Delay = new DelayConfig("P1D") },
            Robot("change_pipeline", new { pipeline = 1 }),
            Robot("add_comment", new { text = "not here" }, "after") with { AfterPrevious = true });
        await app.PublishAsync(ItemTypeIds.Deal, "C1:NEW", Robot("add_comment", new { text = "partners" }));
        var deal = await app.AddDealAsync();

        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();
        await app.TravelAsync(TimeSpan.FromDays(1));
        await app.DrainAsync();

        Assert.Equal(["partners"], await app.CommentsAsync());
        Assert.Equal([(0, RunState.Cancelled), (1, RunState.Done)], (await app.RunsAsync()).Select(r => (r.PipelineId, r.State)));
    }

    [Fact]
    public async Task Restoring_from_the_recycle_bin_starts_the_robots_as_adding_does_and_none_of_the_deleted_ones_go_on()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(
            ItemTypeIds.Deal,
            "NEW",
            Robot("add_comment", new { text = "at once" }, "first"),
            Robot("add_comment", new { text = "a day later" }, "second") with { Delay = new DelayConfig("P1D") });
        var deal = await app.AddDealAsync();
        await app.DrainAsync();
        await app.SendAsync(new DeleteItem(ItemRef.Deal(deal)));
        await app.DrainAsync();

        await app.SendAsync(new RestoreItem(ItemRef.Deal(deal)));
        await app.DrainAsync();
        await app.TravelAsync(TimeSpan.FromDays(1));
        await app.DrainAsync();

        var runs = await app.RunsAsync();
        Assert.Equal([RunState.Cancelled, RunState.Done], runs.Select(r => r.State));
        Assert.All(runs, r => Assert.Null(r.FromStageId));
        Assert.Equal("a day later", (await app.CommentsAsync())[^1]);
        Assert.Single(await app.CommentsAsync(), "a day later");
    }
}
