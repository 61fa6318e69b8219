using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Items;

/// <summary>Makes a copy of the item; endless copying is stopped by the chain's budget (reference 1.6, CrmCopyDealActivity).</summary>
internal sealed class CopyItemRobot() : Robot<CopyItemRobot.Settings>("copy_item", RobotKind.State, RobotGroups.Items)
{
    public const string ItemId = "ItemId";

    // Names of other systems belong to the original alone.
    private static readonly string[] NotCopied = [FieldCodes.OriginatorId, FieldCodes.OriginId];

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(ItemId, FieldKind.Integer)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var item = context.Item;
        var values = new Dictionary<string, Value>();
        foreach (var field in item.Type.Fields.All)
            if (!field.ReadOnly && field.Kind is not (FieldKind.Stage or FieldKind.Pipeline) && !NotCopied.Contains(field.Code) && !item[field.Code].IsEmpty) values[field.Code] = item[field.Code];
        if (settings.Title.Length > 0) values[FieldCodes.Title] = Value.Of(settings.Title);
        if (settings.Responsible is [var person, ..]) values[FieldCodes.Responsible] = new UserValue(person);
        foreach (var (code, value) in TargetType.Values(item.Type, settings.Fields)) values[code] = value;
        if (item.Type.HasStages)
        {
            // A stage says its pipeline; without one the copy begins at the first stage of the same pipeline.
            if (settings.Stage.Length > 0) values[FieldCodes.Stage] = Value.Of(settings.Stage);
            else values[FieldCodes.Pipeline] = Value.Of((decimal)item.PipelineId);
        }

        var id = await context.Send(new AddItem(item.Ref.TypeId, values), ct);
        return RobotResult.Done((ItemId, Value.Of((decimal)id)));
    }

    internal sealed record Settings
    {
        /// <summary>Empty: the same title.</summary>
        [Setting(FieldKind.Text, MaxLength = 255)]
        public string Title { get; init; } = "";

        /// <summary>Empty: the first stage of the same pipeline.</summary>
        [Setting(FieldKind.AnyStage, MaxLength = 100)]
        public string Stage { get; init; } = "";

        [Setting(FieldKind.User)]
        public IReadOnlyList<long> Responsible { get; init; } = [];

        /// <summary>What is different in the copy.</summary>
        [Setting(FieldKind.FieldValues)]
        public IReadOnlyDictionary<string, Value> Fields { get; init; } = new Dictionary<string, Value>();
    }
}
