using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Card;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Query;

public sealed class CardTests
{
    [Fact]
    public async Task A_card_shows_its_way_its_references_and_what_happened()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("create_task", new { title = "Call" }), Robot("add_comment", new { text = "hello" }));
        var company = await app.SendAsync(new AddItem(ItemTypeIds.Company, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("Northwind") }));
        var deal = ItemRef.Deal(await app.AddDealAsync("Chairs"));
        await app.SendAsync(new UpdateItem(deal, new Dictionary<string, Value> { [FieldCodes.Company] = new ItemValue(ItemTypeIds.Company, company), [FieldCodes.Amount] = Value.Of(5m) }));
        await app.MoveAsync(deal.Id, Deals.First);
        await app.DrainAsync();

        var card = await app.SendAsync(new GetItemCard(deal));

        Assert.Equal([StepState.Passed, StepState.Current, StepState.Ahead], card.Steps.Take(3).Select(s => s.State));
        Assert.Equal("WON", card.Steps[^1].Stage.Id);
        Assert.Equal("Northwind", card.Titles[new(ItemTypeIds.Company, company)]);
        Assert.Equal("Call", Assert.Single(card.OpenTasks).Title);
        Assert.True(card is { MayUpdate: true, MayDelete: true, Problems: 0, Undo: null });
        // Task and comment are of one commit or of two, as the machine is fast or slow.
        Assert.Equal([TimelineKind.Task, TimelineKind.Comment], card.Timeline.Entries.Take(2).Select(e => e.Kind).Order());
        Assert.Equal([TimelineKind.Run, TimelineKind.Change, TimelineKind.Change, TimelineKind.Change], card.Timeline.Entries.Skip(2).Select(e => e.Kind));
        Assert.Equal("create_task", Assert.Single(card.Timeline.Entries.OfType<TaskEntry>()).Robot!.Name);

        var moved = Assert.IsType<ChangeEntry>(card.Timeline.Entries[3]);
        Assert.Equal((StoredEvent.Moved, "NEW", Deals.First, "Ada Admin"), (moved.EventKind, moved.From!.Id, moved.To!.Id, moved.ActorName));
        var changed = Assert.IsType<ChangeEntry>(card.Timeline.Entries[4]);
        Assert.Equal([FieldCodes.Company, FieldCodes.Amount], changed.Changes.Select(c => c.Code).Order());
        Assert.Equal("Northwind", changed.Changes.Single(c => c.Code == FieldCodes.Company).NewText);
        Assert.Equal(Value.Of(5m), changed.Changes.Single(c => c.Code == FieldCodes.Amount).New);
    }

    [Fact]
    public async Task A_timeline_is_paged_without_gaps_and_repeats_and_narrowed_by_kind()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("create_task", new { title = "Call" }), Robot("add_comment", new { text = "a" }, "a"), Robot("add_comment", new { text = "b" }, "b"), Robot("change_fields", new { fields = new { COMMENTS = "x" } }));
        var deal = ItemRef.Deal(await app.AddDealAsync());
        for (var i = 0; i < 3; i++)
        {
            await app.MoveAsync(deal.Id, Deals.First);
            await app.DrainAsync();
            await app.MoveAsync(deal.Id, Deals.Second);
        }

        var whole = await app.SendAsync(new GetTimeline(deal) { Take = 100 });
        var paged = new List<TimelineEntry>();
        TimelineCursor? after = null;
        do
        {
            var page = await app.SendAsync(new GetTimeline(deal) { Take = 2, After = after });
            paged.AddRange(page.Entries);
            after = TimelineCursor.Parse(page.Next?.ToString());
        }
        while (after is not null);

        Assert.Null(whole.Next);
        Assert.Equal(whole.Entries.Select(e => (e.Kind, e.Id)), paged.Select(e => (e.Kind, e.Id)));
        Assert.Equal(6, (await app.SendAsync(new GetTimeline(deal) { Kinds = [TimelineKind.Comment] })).Entries.Count);
        Assert.Null(TimelineCursor.Parse("zz.1.1"));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new GetTimeline(ItemRef.Deal(9999))));
    }

    [Fact]
    public async Task Every_robot_of_every_stage_says_what_it_did_or_why_not()
    {
        await using var app = await AppFixture.StartAsync(TestRobots.Add);
        await app.PublishAsync(
            ItemTypeIds.Deal,
            Deals.First,
            Robot("add_comment", new { text = "{=Document:TITLE}" }, "done"),
            Robot("add_comment", new { text = "no" }, "condition") with { Condition = When("OPPORTUNITY", "gt", "1000") },
            Robot("add_comment", new { text = "no" }, "off") with { Enabled = false },
            Robot("wait", new { duration = "PT1H" }),
            Robot("add_comment", new { text = "later" }, "later") with { AfterPrevious = true });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, Robot("add_comment", new { text = "never" }));
        var deal = await app.AddDealAsync("Chairs", 10);
        await app.MoveAsync(deal, Deals.First);
        Assert.All((await app.SendAsync(new GetItemAutomation(ItemRef.Deal(deal)))).Stages[0].Runs[0].Robots.Take(3), r => Assert.Equal("run.queued", r.Code));
        await app.DrainAsync();

        var stages = (await app.SendAsync(new GetItemAutomation(ItemRef.Deal(deal)))).Stages;

        Assert.Equal([Deals.First, Deals.Second], stages.Select(s => s.StageId));
        var run = Assert.Single(stages[0].Runs);
        Assert.True(stages[0].IsCurrent);
        Assert.Equal(
            [(RobotProgress.Done, null), (RobotProgress.Skipped, "condition.false"), (RobotProgress.Skipped, "robot.disabled"), (RobotProgress.Waiting, "wait"), (RobotProgress.NotReached, "after.previous")],
            run.Robots.Select(r => (r.Progress, r.Code)));
        Assert.Equal(("""{"text": "{=Document:TITLE}"}""", """{"text": "Chairs"}"""), (run.Robots[0].RawSettings, run.Robots[0].Settings));
        Assert.Equal(("OPPORTUNITY", "gt", "10.00", false), Assert.Single(run.Robots[1].Condition!.Rows.Select(r => (r.Row!.Field, r.Row.Code, r.Left, r.Holds))));
        Assert.NotNull(run.Robots[3].DueAt);
        Assert.Contains("wait", run.Robots[4].Message, StringComparison.Ordinal);
        Assert.Equal("stage.never", Assert.Single(stages[1].Robots).Code);

        await app.MoveAsync(deal, Deals.Second);
        await app.DrainAsync();
        var left = (await app.SendAsync(new GetItemAutomation(ItemRef.Deal(deal)))).Stages[0].Runs[0];
        Assert.Equal([(RobotProgress.Cancelled, "stage.left"), (RobotProgress.NotReached, "run.ended")], left.Robots.Skip(3).Select(r => (r.Progress, r.Code)));
    }
}
