using System.Collections.Immutable;
using System.Text.Json;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>Reads the JSON of a condition and collects everything that is wrong with it, with its place.</summary>
internal sealed class ConditionReader
{
    private const int MostRows = 500;
    private const int MostProblems = 20;

    private int _rows;

    public List<Failure> Problems { get; } = [];

    public Condition? Read(JsonElement json, string place, int depth)
    {
        if (json.ValueKind != JsonValueKind.Object) return Problem(place, "an object with all, any, not or field is needed");
        if (depth > Budget.DeepestNesting) return Problem(place, "groups are nested too deeply");
        if (json.TryGetProperty("field", out _)) return Row(json, place);
        var properties = json.EnumerateObject().ToArray();
        if (properties is not [var only]) return Problem(place, "exactly one of all, any, not is needed");
        var inner = place == "$" ? only.Name : $"{place}.{only.Name}";
        switch (only.Name)
        {
            case "all": return Parts(only.Value, inner, depth) is { } parts ? new AllCondition(parts) : null;
            case "any": return Parts(only.Value, inner, depth) is { } choices ? new AnyCondition(choices) : null;
            case "not": return Read(only.Value, inner, depth + 1) is { } part ? new NotCondition(part) : null;
            default: return Problem(inner, "all, any, not or a row with field is needed");
        }
    }

    private ImmutableArray<Condition>? Parts(JsonElement json, string place, int depth)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            Problem(place, "a list is needed");
            return null;
        }

        var parts = ImmutableArray.CreateBuilder<Condition>();
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            if (Read(item, $"{place}[{index++}]", depth + 1) is { } part) parts.Add(part);
        }

        return parts.ToImmutable();
    }

    private ConditionRow? Row(JsonElement json, string place)
    {
        if (++_rows > MostRows) return Problem(place, "there are too many rows");
        var field = Text(json, "field", place);
        var code = Text(json, "op", place);
        if (field is null || code is null) return null;
        if (!IsPath(field)) return Problem($"{place}.field", "this is not a field or a path such as Document:TITLE");
        if (OperatorCodes.Find(code) == Operator.None) return Problem($"{place}.op", "there is no such operator");
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name is not ("field" or "op" or "value" or "from" or "to")) return Problem($"{place}.{property.Name}", "this is unknown");
        }

        var row = new ConditionRow(field, code, OperandAt(json, "value", place)) { From = OperandAt(json, "from", place), To = OperandAt(json, "to", place) };
        return Check(row, json.TryGetProperty("value", out _), place);
    }

    private ConditionRow? Check(ConditionRow row, bool hasValue, string place)
    {
        if (!hasValue && OperatorCodes.TakesValue(row.Code)) return Problem($"{place}.value", "the operator needs a value");
        if (hasValue && !OperatorCodes.TakesValue(row.Code)) return Problem($"{place}.value", "the operator takes no value");
        if ((row.From ?? row.To) is not null && row.Code != OperatorCodes.Changed) return Problem(place, "from and to belong to the operator 'changed'");
        if (row is { Code: OperatorCodes.Between, Value.Constant: { } bounds } && bounds is not ListValue { Items.Length: 2 })
            return Problem($"{place}.value", "exactly two values are needed");
        return row;
    }

    private string? Text(JsonElement json, string name, string place)
    {
        if (json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text) return text;
        Problem($"{place}.{name}", "a text is needed");
        return null;
    }

    private Operand? OperandAt(JsonElement json, string name, string place)
    {
        if (!json.TryGetProperty(name, out var value)) return null;
        var inner = $"{place}.{name}";
        switch (value.ValueKind)
        {
            case JsonValueKind.String: return Checked(Operand.Of(value.GetString()!), inner);
            case JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String):
                return Checked(Operand.OfList(value.EnumerateArray().Select(item => item.GetString()!)), inner);
            case JsonValueKind.Array:
                return Constants(value, inner) is { } items ? Operand.Of(Value.Of(items)) : null;
            default:
                return Constant(value, inner) is { } constant ? Operand.Of(constant) : null;
        }
    }

    private Operand Checked(Operand operand, string place)
    {
        foreach (var template in operand.Templates)
        {
            foreach (var problem in template.Problems) Problems.Add(problem with { Place = place });
        }

        return operand;
    }

    private List<Value>? Constants(JsonElement json, string place)
    {
        var items = new List<Value>();
        foreach (var item in json.EnumerateArray())
        {
            if (Constant(item, $"{place}[{items.Count}]") is not { } constant) return null;
            items.Add(constant);
        }

        return items;
    }

    private Value? Constant(JsonElement json, string place)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Null: return Value.Null;
            case JsonValueKind.True or JsonValueKind.False: return Value.Of(json.GetBoolean());
            case JsonValueKind.Number when json.TryGetDecimal(out var number): return Value.Of(number);
            case JsonValueKind.String when Template.Parse(json.GetString()).IsConstant: return Value.Of(json.GetString());
            default:
                Problem(place, "a text, a number, yes/no, null or a list of plain texts is needed");
                return null;
        }
    }

    private static bool IsPath(string field)
    {
        var template = Template.Parse($"{{={(field.Contains(':', StringComparison.Ordinal) ? field : "Document:" + field)}}}");
        return template.Root is Syntax.ReferenceNode { Type: null, Format: null };
    }

    private ConditionRow? Problem(string place, string what)
    {
        if (Problems.Count < MostProblems) Problems.Add(Failure.Of(FailureCodes.BadCondition, 0, 0, what) with { Place = place });
        return null;
    }
}
