using System.Text.Json;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Data;

/// <summary>Fields of another item as results, named by their codes.</summary>
internal static class ItemFields
{
    public const string ItemId = "ItemId";

    public static IReadOnlyList<Field> Fixed { get; } = [RobotResult.Of(ItemId, FieldKind.Integer)];

    /// <summary>What the setting <c>fields</c> names; of types made by administrators the kind shows in the value itself.</summary>
    public static IReadOnlyList<Field> Of(JsonElement settings, int typeId)
    {
        if (settings.ValueKind != JsonValueKind.Object || !settings.TryGetProperty("fields", out var named)) return Fixed;

        var fields = ItemType.BuiltIn.FirstOrDefault(t => t.Id == typeId)?.Fields;
        var codes = named.ValueKind == JsonValueKind.Array ? named.EnumerateArray().Select(n => n.ToString()) : [named.ToString()];
        return [.. Fixed, .. codes.Where(c => c.Length > 0).Select(code => fields?.FindByAnyName(code) is { } field ? field with { Code = code } : RobotResult.Of(code, FieldKind.Text))];
    }

    public static Outcome Read(Item item, IReadOnlyList<string> names)
    {
        var results = new Dictionary<string, Value> { [ItemId] = Value.Of((decimal)item.Ref.Id) };
        foreach (var name in names)
        {
            if (name.Equals(FieldCodes.Id, StringComparison.OrdinalIgnoreCase)) results[name] = results[ItemId];
            else results[name] = item.Type.Fields.FindByAnyName(name) is { } field ? item[field.Code] : throw new RuleBrokenException("field.unknown", $"There is no field {name}.", "fields");
        }

        return new Outcome.Done(results);
    }
}
