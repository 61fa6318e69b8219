using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Crm.Items.Linked;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Data;

/// <summary>Reads fields of another item for later robots: by its number, or the first that a filter finds (reference 1.6, CrmGetDynamicInfoActivity).</summary>
internal sealed class GetItemRobot() : Robot<GetItemRobot.Settings>("get_item", RobotKind.State, RobotGroups.Data)
{
    protected override IReadOnlyList<Field> Results => ItemFields.Fixed;

    public override IReadOnlyList<Field> ResultsOf(JsonElement settings) =>
        ItemFields.Of(settings, settings.TryGetProperty("itemType", out var type) && int.TryParse(type.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0);

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var type = TargetType.Find(settings.ItemType, context);
        var query = settings.Id.Length > 0 ? new FindOneItem(type.Id) { Id = Number(settings.Id) }
            : LinkedItems.Filter(context.Item, type, LinkSetting.Read(settings.Link)) is not { } linked ? null
            : new FindOneItem(type.Id) { Filter = FilterNode.All(linked, NamedFilter.Read(type, settings.Filter)), NewestFirst = settings.Newest };
        var found = query is null ? null : await context.Send(query, ct);
        return found is null ? new Outcome.Skipped("item.none", "There is no such item.") : ItemFields.Read(found, settings.Fields);
    }

    private static long Number(string id) =>
        long.TryParse(id.AsSpan(id.LastIndexOf('_') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new RuleBrokenException("setting.type", "The setting id takes the number of an item.", "id");

    internal sealed record Settings
    {
        [Setting(FieldKind.ItemType, Required = true, MaxLength = 10)]
        public string ItemType { get; init; } = "";

        /// <summary>Its number; empty: the first that belongs to the item and matches the filter.</summary>
        [Setting(FieldKind.Text, MaxLength = 50)]
        public string Id { get; init; } = "";

        [Setting(FieldKind.Option, Options = [LinkSetting.Linked, LinkSetting.Company, LinkSetting.Contact, LinkSetting.Any])]
        public string Link { get; init; } = LinkSetting.Linked;

        [Setting(FieldKind.Texts)]
        public IReadOnlyDictionary<string, Value> Filter { get; init; } = new Dictionary<string, Value>();

        /// <summary>The newest instead of the oldest.</summary>
        [Setting(FieldKind.Boolean)]
        public bool Newest { get; init; }

        [Setting(FieldKind.FieldCodes, Required = true, Multiple = true)]
        public IReadOnlyList<string> Fields { get; init; } = [];
    }
}
