using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Automation;

public class StageRunTests
{
    [Fact]
    public async Task A_moved_item_meets_the_robots_of_its_new_stage()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, "PREPARATION", Robot("add_comment", new { text = "Prepare {=Document:TITLE}" }));
        var id = await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Twenty chairs") }));
        await app.SendAsync(new MoveItem(ItemRef.Deal(id), "PREPARATION"));

        await app.DrainAsync();

        var comment = await app.ReadAsync(db => db.Comments.SingleAsync());
        Assert.Equal("Prepare Twenty chairs", comment.Text);
        var run = await app.ReadAsync(db => db.Runs.SingleAsync());
        var robotRun = await app.ReadAsync(db => db.RobotRuns.SingleAsync());
        Assert.Equal((RunState.Done, 0), (run.State, run.OpenTracks));
        Assert.Equal((RobotRunState.Done, run.Id), (robotRun.State, robotRun.RunId));
        Assert.Equal((run.Id, robotRun.Id), (comment.RunId!.Value, comment.RobotRunId!.Value));
    }
}
