using System.Globalization;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots;

/// <summary>The item type that a robot works on when it is another one than its own.</summary>
internal static class TargetType
{
    public static ItemType Find(string setting, RobotContext context) =>
        int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && context.Portal.Type(id) is { } type
            ? type
            : throw new RuleBrokenException("type.unknown", $"There is no item type {setting}.", "itemType");

    /// <summary>Values for the type's fields, by code.</summary>
    public static Dictionary<string, Value> Values(ItemType type, IReadOnlyDictionary<string, Value> fields)
    {
        var values = new Dictionary<string, Value>(fields.Count);
        foreach (var (name, value) in fields)
        {
            var field = type.Fields.FindByAnyName(name) ?? throw new RuleBrokenException("field.unknown", $"There is no field {name}.", name);
            values[field.Code] = FieldText.Invariant.Convert(field, value);
        }

        return values;
    }
}
