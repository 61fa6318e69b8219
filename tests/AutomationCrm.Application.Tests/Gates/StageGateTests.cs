using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Undo;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Crm.Gates;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Tests.Automation;
using AutomationCrm.Application.Tests.Triggers;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Testing;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using static AutomationCrm.Application.Tests.Triggers.TriggerSteps;
using static AutomationCrm.Testing.TestPortal;

namespace AutomationCrm.Application.Tests.Gates;

/// <summary>Section 5.3 of the reference, and pain 23: what a stage requires, by every way onto it.</summary>
public class StageGateTests
{
    private static readonly StageGates AmountAndComment = new() { Required = [new(FieldCodes.Amount, Deals.First, "WON"), new(FieldCodes.Comments, Deals.Second, Deals.Second)] };

    [Fact]
    public async Task A_person_is_refused_with_all_missing_fields_and_nothing_changes()
    {
        await using var app = await StartAsync(AmountAndComment);
        var deal = await app.AddDealAsync();

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => app.MoveAsync(deal, Deals.Second, Origin.Page));

        Assert.Equal((StageGate.Code, $"{FieldCodes.Amount},{FieldCodes.Comments}", FieldCodes.Amount), (refused.Code, string.Join(',', refused.Fields), refused.Field));
        Assert.Equal(("NEW", 1L), await PlaceAsync(app, deal));
        Assert.True((await app.MoveAsync(deal, "LOSE", Origin.Page)).Moved, "a stage outside of the range asks for nothing");
    }

    [Fact]
    public async Task What_is_filled_in_on_the_way_moves_with_it_in_one_event()
    {
        await using var app = await StartAsync(AmountAndComment);
        var deal = await app.AddDealAsync();

        var moved = await app.SendAsync(new MoveItem(ItemRef.Deal(deal), Deals.First) { FromStageId = "NEW", Values = new Dictionary<string, Value> { [FieldCodes.Amount] = Value.Of(120m) } }, origin: Origin.Page);

        Assert.Equal((true, 2L), (moved.Moved, moved.Version));
        Assert.Equal((Deals.First, 2L), await PlaceAsync(app, deal));
        Assert.Equal(120m, (await app.FindItemAsync(ItemRef.Deal(deal)))!.Number(FieldCodes.Amount));
    }

    [Fact]
    public async Task What_somebody_else_has_filled_in_meanwhile_is_not_overruled_unseen()
    {
        await using var app = await StartAsync(AmountAndComment);
        var deal = await app.AddDealAsync();
        await ChangeAsync(app, deal, FieldCodes.Amount, Value.Of(70m), Origin.Page);

        var late = await Assert.ThrowsAsync<ConflictException>(() =>
            app.SendAsync(new MoveItem(ItemRef.Deal(deal), Deals.First) { FromStageId = "NEW", SeenVersion = 1, Values = new Dictionary<string, Value> { [FieldCodes.Amount] = Value.Of(120m) } }, origin: Origin.Page));

        Assert.Equal([FieldCodes.Amount], late.Fields);
        Assert.Equal(("NEW", 2L), await PlaceAsync(app, deal));
    }

    [Fact]
    public async Task A_required_field_may_not_be_emptied_but_other_changes_do_not_ask_for_it()
    {
        await using var app = await StartAsync(StageGates.None);
        var (without, with) = (await app.AddDealAsync("without"), await app.AddDealAsync("with", 50));
        foreach (var deal in new[] { without, with }) await app.MoveAsync(deal, Deals.First);
        await SaveAsync(app, AmountAndComment);

        await ChangeAsync(app, without, FieldCodes.Comments, Value.Of("still no amount"), Origin.Page);
        await ChangeAsync(app, with, FieldCodes.Amount, Value.Of(60m), Origin.Page);
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => ChangeAsync(app, with, FieldCodes.Amount, Value.Null, Origin.Page));

        Assert.Equal((StageGate.Code, FieldCodes.Amount), (refused.Code, refused.Field));
        Assert.Equal(60m, (await app.FindItemAsync(ItemRef.Deal(with)))!.Number(FieldCodes.Amount));
    }

    [Fact]
    public async Task A_new_item_needs_what_its_stage_requires()
    {
        await using var app = await StartAsync(new() { Required = [new(FieldCodes.Comments, "NEW", "NEW")] });

        await Assert.ThrowsAsync<RuleBrokenException>(() => app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("bare") }), origin: Origin.Page));
        await app.SendAsync(new AddItem(ItemTypeIds.Deal, new Dictionary<string, Value> { [FieldCodes.Title] = Value.Of("full"), [FieldCodes.Comments] = Value.Of("said") }), origin: Origin.Page);

        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from item where type_id = 2"));
    }

    [Theory]
    [InlineData(GatePolicy.Ignore, true, 0)]
    [InlineData(GatePolicy.Warn, true, 1)]
    [InlineData(GatePolicy.Enforce, false, 0)]
    public async Task Programs_pass_are_noted_or_refused(GatePolicy policy, bool passes, long notes)
    {
        await using var app = await StartAsync(AmountAndComment with { Programs = policy });
        var deal = await app.AddDealAsync();

        if (passes) await app.MoveAsync(deal, Deals.First);
        else await Assert.ThrowsAsync<RuleBrokenException>(() => app.MoveAsync(deal, Deals.First));

        Assert.Equal(passes ? Deals.First : "NEW", await app.StageAsync(deal));
        Assert.Equal(notes, await NotesAsync(app, "gate_passed"));
    }

    [Theory]
    [InlineData(GatePolicy.Ignore, Deals.Second, RobotRunState.Done, 0)]
    [InlineData(GatePolicy.Warn, Deals.Second, RobotRunState.Done, 1)]
    [InlineData(GatePolicy.Enforce, Deals.First, RobotRunState.Incident, 0)]
    public async Task A_robots_move_passes_is_noted_or_waits_for_a_person(GatePolicy policy, string stage, RobotRunState state, long notes)
    {
        await using var app = await StartAsync(new() { Required = [new(FieldCodes.Comments, Deals.Second, Deals.Second)], Automation = policy });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.First, Robot("change_stage", new { stage = Deals.Second }));
        var deal = await app.AddDealAsync();

        await app.MoveAsync(deal, Deals.First);
        await app.DrainAsync();

        Assert.Equal((stage, state), (await app.StageAsync(deal), (await app.RobotRunsAsync())[0].State));
        Assert.Equal(notes, await NotesAsync(app, "gate_passed"));
    }

    /// <summary>A move that is held leaves the change that set the trigger off, which is somebody else's.</summary>
    [Theory]
    [InlineData(GatePolicy.Ignore, Deals.Second, 0, 0)]
    [InlineData(GatePolicy.Warn, Deals.Second, 1, 0)]
    [InlineData(GatePolicy.Enforce, "NEW", 0, 1)]
    public async Task A_triggers_move_passes_is_noted_or_held(GatePolicy policy, string stage, long passed, long held)
    {
        await using var app = await StartAsync(new() { Required = [new(FieldCodes.Amount, Deals.Second, Deals.Second)], Automation = policy });
        await app.PublishAsync(ItemTypeIds.Deal, Deals.Second, new StageAutomationConfig { Triggers = [Trigger("field_changed", new { fields = "COMMENTS" })] });
        var deal = await app.AddDealAsync();

        await app.ChangeAsync(deal, FieldCodes.Comments, Value.Of("written"));
        await app.DrainAsync();

        var item = (await app.FindItemAsync(ItemRef.Deal(deal)))!;
        Assert.Equal((stage, "written"), (item.StageId, item.Text(FieldCodes.Comments)));
        Assert.Equal((passed, held), (await NotesAsync(app, "gate_passed"), await NotesAsync(app, "gate_held")));
    }

    [Fact]
    public async Task An_undone_move_goes_back_even_where_something_is_missing_by_now()
    {
        await using var app = await StartAsync(StageGates.None);
        var deal = await app.AddDealAsync();
        var moved = await app.MoveAsync(deal, Deals.First, Origin.Page);
        await SaveAsync(app, new() { Required = [new(FieldCodes.Amount, "NEW", "NEW")] });

        await app.SendAsync(new UndoMove(ItemRef.Deal(deal), moved.Version), origin: Origin.Page);

        Assert.Equal("NEW", await app.StageAsync(deal));
    }

    [Theory]
    [InlineData("NO_SUCH", "NEW", "NEW", "gate.field")]
    [InlineData(FieldCodes.CreatedAt, "NEW", "NEW", "gate.field")]
    [InlineData(FieldCodes.Amount, "NO_SUCH", "NEW", "stage.unknown")]
    [InlineData(FieldCodes.Amount, "WON", "NEW", "gate.range")]
    public async Task A_rule_that_cannot_be_is_refused_and_nothing_is_saved(string field, string from, string to, string code)
    {
        await using var app = await StartAsync(StageGates.None);

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => SaveAsync(app, new() { Required = [new(field, from, to)] }));

        Assert.Equal(code, refused.Code);
        Assert.Equal(1, await app.ScalarAsync<long>("select count(*) from config_version where kind = 'stage-gates'"));
    }

    [Fact]
    public async Task Only_administrators_decide_and_a_newer_version_is_a_conflict()
    {
        await using var app = await StartAsync(AmountAndComment);
        var person = await app.AddPersonAsync();

        await Assert.ThrowsAsync<AccessDeniedException>(() => app.SendAsync(new SaveStageGates(ItemTypeIds.Deal, 0, StageGates.None, null), person, Origin.Page));
        await Assert.ThrowsAsync<ConflictException>(() => app.SendAsync(new SaveStageGates(ItemTypeIds.Deal, 0, StageGates.None, 0), origin: Origin.Page));
        await Assert.ThrowsAsync<ValidationException>(() => SaveAsync(app, new() { Required = [.. Enumerable.Repeat(new RequiredField(FieldCodes.Amount, "NEW", "NEW"), 201)] }));
        await Assert.ThrowsAsync<NotFoundException>(() => app.SendAsync(new SaveStageGates(ItemTypeIds.Deal, 77, StageGates.None, null), origin: Origin.Page));
    }

    private static async Task<AppFixture> StartAsync(StageGates gates)
    {
        var app = await AppFixture.StartAsync();
        await SaveAsync(app, gates);
        return app;
    }

    private static Task<int> SaveAsync(AppFixture app, StageGates gates) => app.SendAsync(new SaveStageGates(ItemTypeIds.Deal, 0, gates, null), origin: Origin.Page);

    private static Task<long> ChangeAsync(AppFixture app, long deal, string field, Value value, Origin origin) =>
        app.SendAsync(new UpdateItem(ItemRef.Deal(deal), new Dictionary<string, Value> { [field] = value }), origin: origin);

    private static async Task<(string, long)> PlaceAsync(AppFixture app, long deal) => (await app.FindItemAsync(ItemRef.Deal(deal)))! is var item ? (item.StageId, item.Version) : default;

    private static Task<long> NotesAsync(AppFixture app, string kind) => app.ReadAsync(db => db.TimelineNotes.AsNoTracking().LongCountAsync(n => n.Kind == kind));
}
