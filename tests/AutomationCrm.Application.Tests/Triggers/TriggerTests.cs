using System.Text.Json;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using Microsoft.EntityFrameworkCore;
using static AutomationCrm.Testing.TestPortal;
using static AutomationCrm.Application.Tests.Triggers.TriggerSteps;

namespace AutomationCrm.Application.Tests.Triggers;

/// <summary>Every row of section 2.1 of the reference.</summary>
public class TriggerTests
{
    [Fact]
    public async Task A_trigger_moves_the_item_to_its_stage_and_the_stages_robots_run()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, new StageAutomationConfig { Triggers = [Trigger("field_changed", new { fields = new[] { "COMMENTS" } })], Robots = [Robot("add_comment", new { text = "moved" })] });
        var deal = await app.AddDealAsync();

        await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of("now"));
        await app.DrainAsync();

        Assert.Equal(Deals.Second, await app.StageAsync(deal));
        Assert.Equal(["moved"], await app.CommentsAsync());
        var run = Assert.Single(await app.RunsAsync());
        Assert.Equal(("trigger", 1), (run.Cause, run.Depth));
    }

    [Fact]
    public async Task Only_stages_after_the_current_one_count_unless_backwards_is_allowed()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("field_changed", new { fields = "COMMENTS" })] });
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.Second);
        await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of("once"));
        Assert.Equal(Deals.Second, await app.StageAsync(deal));
        Assert.Equal("trigger.backwards", (await app.CandidatesAsync()).Single().Code);

        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("field_changed", new { fields = "COMMENTS" }) with { AllowBackwards = true }] });
        await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of("twice"));
        Assert.Equal(Deals.First, await app.StageAsync(deal));
    }

    [Fact]
    public async Task Candidates_are_tried_in_the_order_of_stages_and_the_first_whose_condition_holds_wins()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, "FINAL_INVOICE", new StageAutomationConfig { Triggers = [Trigger("field_changed", null, "late")] });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, new StageAutomationConfig { Triggers = [Trigger("field_changed", null, "middle")] });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("field_changed", null, "early") with { Condition = Row("OPPORTUNITY", "gt", "1000") }] });
        var deal = await app.AddDealAsync(amount: 10);

        await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of("x"));

        Assert.Equal(Deals.Second, await app.StageAsync(deal));
        Assert.Equal([("early", "condition.false"), ("middle", "applied"), ("late", "trigger.later")], (await app.CandidatesAsync()).Select(c => (c.Key, c.Code)));
    }

    [Fact]
    public async Task At_most_one_trigger_applies_per_event()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("field_changed", new { fields = "COMMENTS" }, "a"), Trigger("field_changed", new { fields = "COMMENTS" }, "b")] });
        var deal = await app.AddDealAsync();

        await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of("x"));

        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from stage_history where kind = 2"));
    }

    [Fact]
    public async Task A_trigger_of_another_pipeline_is_no_candidate()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, "C1:EXECUTING", new StageAutomationConfig { Triggers = [Trigger("field_changed")] });
        var deal = await app.AddDealAsync();

        await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of("x"));

        Assert.Equal("NEW", await app.StageAsync(deal));
    }

    [Fact]
    public async Task A_trigger_on_the_current_stage_that_allows_backwards_enters_it_once_more()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig
        {
            Triggers = [Trigger("field_changed", new { fields = "COMMENTS" }) with { AllowBackwards = true }],
            Robots = [Robot("add_comment", new { text = "late" }) with { Delay = new() { After = "PT1H" } }],
        });
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();

        await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of("x"));
        await app.DrainAsync();

        Assert.Equal([RunState.Cancelled, RunState.Running], (await app.RunsAsync()).OrderBy(r => r.ItemVersion).Select(r => r.State));
    }

    [Fact]
    public async Task A_final_stage_is_an_ordinary_stage_in_the_order()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("field_changed", new { fields = "COMMENTS" }) with { AllowBackwards = true }] });
        var deal = await app.AddDealAsync();
        await app.MoveAsync(deal, "LOSE");

        await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of("they are back"));

        Assert.Equal(Deals.First, await app.StageAsync(deal));
    }

    [Fact]
    public async Task Responsible_changed_comes_before_field_changed_and_both_before_the_stages_robots()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "by hand" }));
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, new StageAutomationConfig { Triggers = [Trigger("field_changed", null, "field")], Robots = [Robot("add_comment", new { text = "field" })] });
        await app.PublishAsync(ItemTypeIds.Deal, "FINAL_INVOICE", new StageAutomationConfig { Triggers = [Trigger("responsible_changed", null, "person")], Robots = [Robot("add_comment", new { text = "person" })] });
        var other = await app.AddPersonAsync();
        var deal = await app.AddDealAsync();

        await app.SendAsync(new UpdateItem(ItemRef.Deal(deal), new Dictionary<string, Value> { [FieldCodes.Responsible] = new UserValue(other), [FieldCodes.Stage] = Value.Of(Deals.First) }));
        await app.DrainAsync();

        Assert.Equal("FINAL_INVOICE", await app.StageAsync(deal));
        Assert.Equal(["person"], await app.CommentsAsync());
    }

    [Fact]
    public async Task The_author_of_the_move_is_the_system_the_responsible_person_or_a_chosen_one()
    {
        await using var app = await AppFixture.StartAsync();
        var seller = await app.AddPersonAsync();
        foreach (var (stage, runAs) in new[] { (Deals.First, "system"), (Deals.Second, "responsible"), ("FINAL_INVOICE", $"user_{seller}") })
            await app.PublishAsync(ItemTypeIds.Deal, stage, new StageAutomationConfig { Triggers = [Trigger("field_changed", new { fields = "COMMENTS" }, stage) with { RunAs = runAs }] });
        var deal = await app.AddDealAsync();

        foreach (var author in new[] { 0, app.Admin, seller })
        {
            await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of($"for {author}"));
            Assert.Equal(author, (await app.FindItemAsync(ItemRef.Deal(deal)))!.User(FieldCodes.MovedBy));
        }
    }

    [Fact]
    public async Task The_history_says_which_trigger_moved_the_item_and_what_it_saw()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("field_changed") with { Name = "Big deal", Condition = Row("OPPORTUNITY", "gt", "1000") }] });
        var deal = await app.AddDealAsync(amount: 10);
        await app.ChangeAsync(deal, FieldCodes.Amount, Value.Of(5000m));

        var record = await app.ReadAsync(db => db.TriggerRecords.AsNoTracking().SingleAsync());
        Assert.Equal(("Big deal", "NEW", Deals.First), (record.TriggerName, record.StageId, record.ToStageId));
        Assert.Contains("\"left\": 5000", record.Candidates, StringComparison.Ordinal);
        Assert.Equal("Big deal", await app.ReadAsync(db => db.TimelineNotes.Where(n => n.Kind == "trigger").Select(n => n.Subject).SingleAsync()));
    }

    [Theory]
    [InlineData("10", "20", true)]
    [InlineData("10", "30", false)]
    public async Task A_field_changed_trigger_asks_for_the_old_and_the_new_value(string from, string to, bool moves)
    {
        await using var app = await AppFixture.StartAsync();
        var condition = JsonSerializer.SerializeToElement(new { all = new[] { new { field = "OPPORTUNITY", op = "changed", from, to } } });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, new StageAutomationConfig { Triggers = [Trigger("field_changed", new { fields = "OPPORTUNITY" }) with { Condition = condition }] });
        var deal = await app.AddDealAsync(amount: 10);

        await app.ChangeAsync(deal, FieldCodes.Amount, Value.Of(20m));

        Assert.Equal(moves ? Deals.First : "NEW", await app.StageAsync(deal));
    }

    [Fact]
    public async Task An_import_and_an_undo_wake_no_trigger()
    {
        await using var app = await AppFixture.StartAsync();
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, new StageAutomationConfig { Triggers = [Trigger("field_changed", new { fields = "STAGE_ID" }) with { Condition = Row("STAGE_ID", "eq", "NEW"), AllowBackwards = true }] });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("add_comment", new { text = "x" }));
        var deal = await app.AddDealAsync();
        var moved = await app.MoveAsync(deal, Deals.First, Origin.Page);

        await app.SendAsync(new Application.Automation.Undo.UndoMove(ItemRef.Deal(deal), moved.Version), origin: Origin.Page);

        Assert.Equal("NEW", await app.StageAsync(deal));
    }
}
