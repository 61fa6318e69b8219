using AutomationCrm.Application.Automation.Linked;
using AutomationCrm.Application.Crm.Items.Linked;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Items;

/// <summary>Changes items that belong to this one, each in its own time (reference 1.6, CrmUpdateDynamicActivity).</summary>
internal sealed class UpdateLinkedItemsRobot() : Robot<UpdateLinkedItemsRobot.Settings>("update_linked_items", RobotKind.State, RobotGroups.Items)
{
    public const string Count = "Count";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(Count, FieldKind.Integer)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var type = TargetType.Find(settings.ItemType, context);
        var values = TargetType.Values(type, settings.Fields);
        if (settings.Stage.Length > 0)
        {
            if (context.Portal.Stage(type.Id, settings.Stage) is null) throw new RuleBrokenException("stage.unknown", $"There is no stage {settings.Stage}.", "stage");
            values[FieldCodes.Stage] = Value.Of(settings.Stage);
        }

        if (values.Count == 0) throw new RuleBrokenException("setting.required", "There is nothing to change: choose fields or a stage.", "fields");
        if (LinkedItems.Filter(context.Item, type, LinkSetting.Read(settings.Link)) is not { } linked) return new Outcome.Skipped("items.no_client", "The item has no client by which others could belong to it.");

        var changed = await context.Send(new UpdateLinkedItems(type.Id, FilterNode.All(linked, NamedFilter.Read(type, settings.Filter)), values), ct);
        return changed > 0 ? RobotResult.Done((Count, Value.Of((decimal)changed))) : new Outcome.Skipped("items.none", "The filter finds no item.");
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.ItemType, Required = true, MaxLength = 10)]
        public string ItemType { get; init; } = "";

        [Setting(FieldKind.Option, Options = [LinkSetting.Linked, LinkSetting.Company, LinkSetting.Contact, LinkSetting.Any])]
        public string Link { get; init; } = LinkSetting.Linked;

        /// <summary>By field, an operator before its name: <c>&gt;=OPPORTUNITY</c>.</summary>
        [Setting(FieldKind.Texts)]
        public IReadOnlyDictionary<string, Value> Filter { get; init; } = new Dictionary<string, Value>();

        [Setting(FieldKind.FieldValues)]
        public IReadOnlyDictionary<string, Value> Fields { get; init; } = new Dictionary<string, Value>();

        [Setting(FieldKind.AnyStage, MaxLength = 100)]
        public string Stage { get; init; } = "";
    }
}
