using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Domain.Tests.Crm;

public sealed class ItemTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<Stage> Stages = DefaultStages.For(ItemTypeIds.Deal, 0);

    [Fact]
    public void A_new_deal_stands_on_its_stage_and_tells_that_it_was_added()
    {
        var deal = New();

        var added = Assert.IsType<ItemAdded>(deal.TakeEvent(7, At));

        Assert.Equal(("NEW", 1L, 7L), (added.Stage!.Id, added.Version, added.ActorId));
        Assert.Equal(At, ((InstantValue)deal[FieldCodes.CreatedAt]).At);
    }

    [Fact]
    public void Moving_says_from_which_stage_to_which()
    {
        var deal = Stored();

        deal.MoveTo(Stages[1], Stages[0], 7, At);

        var moved = Assert.IsType<StageChanged>(deal.TakeEvent(7, At));
        Assert.Equal(("NEW", "PREPARATION", 2L), (moved.From!.Id, moved.To.Id, moved.Version));
        Assert.Equal(7, deal.User(FieldCodes.MovedBy));
    }

    [Fact]
    public void Moving_to_where_it_stands_is_no_change()
    {
        var deal = Stored();

        deal.MoveTo(Stages[0], Stages[0], 7, At);

        Assert.Null(deal.TakeEvent(7, At));
    }

    [Fact]
    public void A_stage_of_another_pipeline_is_refused()
    {
        var refusal = Assert.Throws<RuleBrokenException>(() => Stored().MoveTo(DefaultStages.For(ItemTypeIds.Deal, 1)[0], null, 7, At));

        Assert.Equal(("stage.foreign", FieldCodes.Stage), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void A_stage_of_another_item_type_is_refused() =>
        Assert.Equal("stage.foreign", Assert.Throws<RuleBrokenException>(() => Stored().MoveAcross(DefaultStages.For(ItemTypeIds.Lead, 0)[0], null, 7, At)).Code);

    [Fact]
    public void A_move_across_pipelines_changes_the_pipeline_too()
    {
        var deal = Stored();

        deal.MoveAcross(DefaultStages.For(ItemTypeIds.Deal, 1)[0], Stages[0], 7, At);

        var moved = Assert.IsType<StageChanged>(deal.TakeEvent(7, At));
        Assert.Equal([FieldCodes.Pipeline, FieldCodes.Stage], moved.Changes.Select(c => c.Code).Order());
    }

    [Fact]
    public void Setting_a_field_to_what_it_is_changes_nothing()
    {
        var deal = Stored();

        deal.Set(FieldCodes.Title, Value.Of("Old"));

        Assert.False(deal.HasChanges);
    }

    [Fact]
    public void Setting_a_field_there_and_back_changes_nothing()
    {
        var deal = Stored();

        deal.Set(FieldCodes.Title, Value.Of("New"));
        deal.Set(FieldCodes.Title, Value.Of("Old"));

        Assert.Null(deal.TakeEvent(7, At));
    }

    [Fact]
    public void Empty_and_missing_are_the_same_to_a_field()
    {
        var deal = Stored();

        deal.Set(FieldCodes.Comments, Value.Of(""));

        Assert.False(deal.HasChanges);
    }

    [Fact]
    public void All_changes_of_a_command_are_one_event_with_old_and_new_values()
    {
        var deal = Stored();

        deal.Set(FieldCodes.Title, Value.Of("New"));
        deal.Set(FieldCodes.Amount, Value.Of(10m));

        var changed = Assert.IsType<ItemChanged>(deal.TakeEvent(7, At));
        Assert.Equal([new FieldChange(FieldCodes.Title, Value.Of("Old"), Value.Of("New")), new FieldChange(FieldCodes.Amount, Value.Null, Value.Of(10m))], changed.Changes);
        Assert.Null(deal.TakeEvent(7, At));
    }

    [Fact]
    public void A_final_stage_closes_the_deal_and_leaving_it_opens_it_again()
    {
        var deal = Stored();

        deal.MoveTo(Stages.Single(s => s.Semantics == StageSemantics.Won), Stages[0], 7, At);
        Assert.Equal(Value.True, deal[FieldCodes.Closed]);

        deal.MoveTo(Stages[0], null, 7, At);
        Assert.Equal(Value.False, deal[FieldCodes.Closed]);
    }

    [Fact]
    public void A_copy_does_not_follow_the_original()
    {
        var deal = Stored();
        var copy = deal.Clone();

        deal.Set(FieldCodes.Title, Value.Of("New"));

        Assert.Equal("Old", copy.Title);
    }

    [Fact]
    public void Deleting_is_an_event_of_its_own_version()
    {
        var deal = Stored();

        deal.Delete();

        Assert.Equal(2, Assert.IsType<ItemDeleted>(deal.TakeEvent(7, At)).Version);
    }

    private static Item New()
    {
        var deal = Item.New(ItemType.Deal, 1);
        deal.PlaceOn(Stages[0], 7, At);
        return deal;
    }

    private static Item Stored() => Item.Stored(ItemType.Deal, 1, 1, new()
    {
        [FieldCodes.Title] = Value.Of("Old"),
        [FieldCodes.Pipeline] = Value.Of(0m),
        [FieldCodes.Stage] = Value.Of("NEW"),
    });
}
