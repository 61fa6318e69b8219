using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Crm.Items.Linked;

/// <summary>
/// A filter as pairs of names and values, the operator before the field's name as REST writes it: <c>{"&gt;=OPPORTUNITY":"1000","!STAGE_ID":"WON"}</c>.
/// Without an operator the field equals the value; an empty value asks for fields without one.
/// </summary>
public static class NamedFilter
{
    private static readonly (string Sign, FilterOp Op)[] Operators =
    [
        (">=", FilterOp.GreaterOrEqual), ("<=", FilterOp.LessOrEqual), ("!=", FilterOp.NotEqual), ("!%", FilterOp.NotContains),
        (">", FilterOp.Greater), ("<", FilterOp.Less), ("!", FilterOp.NotEqual), ("%", FilterOp.Contains), ("=", FilterOp.Equal),
    ];

    /// <summary>Throws <see cref="RuleBrokenException"/> that names the field.</summary>
    public static FilterNode Read(ItemType type, IReadOnlyDictionary<string, Value> rows)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(rows);
        return FilterNode.All(rows.Select(row => Row(type, row.Key, row.Value)));
    }

    /// <summary>The field's name without its operator.</summary>
    public static (string Name, FilterOp Op) Split(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        foreach (var (sign, op) in Operators)
            if (key.StartsWith(sign, StringComparison.Ordinal)) return (key[sign.Length..].Trim(), op);
        return (key.Trim(), FilterOp.Equal);
    }

    private static FilterNode Row(ItemType type, string key, Value value)
    {
        var (name, op) = Split(key);
        var field = type.Fields.FindByAnyName(name) ?? throw new RuleBrokenException("field.unknown", $"There is no field {name}.", name);
        if (value.IsEmpty) return FilterNode.Compare(field.Code, op == FilterOp.NotEqual ? FilterOp.NotEmpty : FilterOp.Empty);
        if (op is FilterOp.Contains or FilterOp.NotContains) return FilterNode.Compare(field.Code, op, value is TextValue ? value : FieldText.Invariant.Convert(new("V", "V", "v", Domain.Crm.Fields.FieldKind.Text), value));

        var single = field with { Multiple = false };
        if (value is not ListValue list) return FilterNode.Compare(field.Code, op, FieldText.Invariant.Convert(single, value));
        return op is FilterOp.Equal or FilterOp.NotEqual
            ? FilterNode.Compare(field.Code, op == FilterOp.Equal ? FilterOp.In : FilterOp.NotIn, list.Items.Select(one => FieldText.Invariant.Convert(single, one)))
            : throw new RuleBrokenException("filter.list", $"The field {name} is compared with one value.", name);
    }
}
