using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Items;

/// <summary>Moves the item to another stage of its pipeline. It ends the run: robots after it see that the item has left.</summary>
internal sealed class ChangeStageRobot() : Robot<ChangeStageRobot.Settings>("change_stage", RobotKind.State, RobotGroups.Items)
{
    public const string StageId = "StageId";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(StageId, FieldKind.Stage)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var moved = await context.Send(new MoveItem(context.Item.Ref, settings.Stage), ct);
        return moved.Moved
            ? RobotResult.Done((StageId, Value.Of(moved.StageId)))
            : new Outcome.Skipped("stage.same", "The item stands on that stage already.");
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.Stage, Required = true, MaxLength = 100)]
        public string Stage { get; init; } = "";
    }
}
