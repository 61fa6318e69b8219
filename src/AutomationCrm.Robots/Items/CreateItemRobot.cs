using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Items.Linked;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Items;

/// <summary>Creates an item of any type that belongs to this one (reference 1.6, CrmCreateDynamicActivity, CrmConvertDocumentActivity).</summary>
internal sealed class CreateItemRobot() : Robot<CreateItemRobot.Settings>("create_item", RobotKind.State, RobotGroups.Items)
{
    public const string ItemId = "ItemId";
    public const string Title = "Title";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(ItemId, FieldKind.Integer), RobotResult.Of(Title, FieldKind.Text)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var type = TargetType.Find(settings.ItemType, context);
        var values = new Dictionary<string, Value>();
        if (settings.LinkClient) LinkClient(context.Item, type, values);
        if (settings.Link) foreach (var field in LinkedItems.References(type, context.Item.Ref.TypeId).Take(1)) values[field.Code] = new ItemValue(context.Item.Ref.TypeId, context.Item.Ref.Id);
        if (type.Fields.Find(FieldCodes.Responsible) is not null && context.Item.ResponsibleId > 0) values[FieldCodes.Responsible] = new UserValue(context.Item.ResponsibleId);
        foreach (var (code, value) in TargetType.Values(type, settings.Fields)) values[code] = value;
        if (settings.Stage.Length > 0) values[FieldCodes.Stage] = Value.Of(settings.Stage);
        if (type.Fields.Find(FieldCodes.Title) is { ReadOnly: false } && values.GetValueOrDefault(FieldCodes.Title, Value.Null).IsEmpty) values[FieldCodes.Title] = Value.Of(context.Item.Title);

        var id = await context.Send(new AddItem(type.Id, values), ct);
        var added = await context.Send(new FindOneItem(type.Id) { Id = id }, ct);
        return RobotResult.Done((ItemId, Value.Of((decimal)id)), (Title, Value.Of(added?.Title ?? "")));
    }

    private static void LinkClient(Item from, ItemType type, Dictionary<string, Value> values)
    {
        foreach (var (code, client) in (ReadOnlySpan<(string, int)>)[(FieldCodes.Company, ItemTypeIds.Company), (FieldCodes.Contact, ItemTypeIds.Contact)])
        {
            if (type.Fields.Find(code) is null) continue;
            if (from.Ref.TypeId == client) values[code] = new ItemValue(client, from.Ref.Id);
            else if (from[code] is ItemValue reference) values[code] = reference;
        }
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.ItemType, Required = true, MaxLength = 10)]
        public string ItemType { get; init; } = "";

        /// <summary>Empty: the first stage of the first pipeline.</summary>
        [Setting(FieldKind.AnyStage, MaxLength = 100)]
        public string Stage { get; init; } = "";

        [Setting(FieldKind.FieldValues)]
        public IReadOnlyDictionary<string, Value> Fields { get; init; } = new Dictionary<string, Value>();

        /// <summary>Whether the new item refers to this one.</summary>
        [Setting(FieldKind.Boolean)]
        public bool Link { get; init; } = true;

        /// <summary>Whether it gets the same company and contact.</summary>
        [Setting(FieldKind.Boolean)]
        public bool LinkClient { get; init; } = true;
    }
}
