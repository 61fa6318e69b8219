using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>
/// The form of a condition in configuration and on the wire (contract C8): <c>{"all":[…]}</c>, <c>{"any":[…]}</c>, <c>{"not":…}</c> and rows
/// <c>{"field","op","value"}</c>, for "changed" also "from" and "to". Texts are templates; numbers, yes/no and null are constants.
/// </summary>
public static class ConditionJson
{
    /// <summary>Never throws on content; problems name the place in the JSON, such as <c>all[1].op</c>.</summary>
    public static ConditionReading Read(JsonElement json)
    {
        var reader = new ConditionReader();
        var condition = reader.Read(json, "$", 0);
        return new ConditionReading(reader.Problems.Count == 0 ? condition : null, [.. reader.Problems]);
    }

    /// <summary>As <see cref="Read(JsonElement)"/>, for text that may not be JSON at all.</summary>
    public static ConditionReading Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 2 * Budget.DeepestNesting + 8 });
            return Read(document.RootElement);
        }
        catch (JsonException error)
        {
            return new ConditionReading(null, [Failure.Of(FailureCodes.BadCondition, (int)(error.BytePositionInLine ?? 0), 0, "this is not valid JSON") with { Place = "$" }]);
        }
    }

    public static JsonNode Write(Condition condition) => condition switch
    {
        AllCondition all => new JsonObject { ["all"] = Write(all.Parts) },
        AnyCondition any => new JsonObject { ["any"] = Write(any.Parts) },
        NotCondition not => new JsonObject { ["not"] = Write(not.Part) },
        ConditionRow row => Write(row),
        _ => new JsonObject(),
    };

    private static JsonArray Write(ImmutableArray<Condition> parts) => new([.. parts.Select(part => (JsonNode?)Write(part))]);

    private static JsonObject Write(ConditionRow row)
    {
        var json = new JsonObject { ["field"] = row.Field, ["op"] = row.Code };
        if (row.Value is not null) json["value"] = Write(row.Value);
        if (row.From is not null) json["from"] = Write(row.From);
        if (row.To is not null) json["to"] = Write(row.To);
        return json;
    }

    private static JsonNode? Write(Operand operand)
    {
        if (operand.Templates.IsEmpty) return Write(operand.Constant!);
        return operand.IsList ? new JsonArray([.. operand.Templates.Select(template => (JsonNode?)template.Text)]) : operand.Templates[0].Text;
    }

    private static JsonNode? Write(Value value) => value switch
    {
        NullValue => null,
        BoolValue flag => flag.Flag,
        NumberValue number => number.Number,
        ListValue list => new JsonArray([.. list.Items.Select(Write)]),
        _ => ValueText.Plain(value, new EvaluationContext(default)),
    };
}

/// <summary>A condition, or what is wrong with its JSON.</summary>
public sealed record ConditionReading(Condition? Condition, ImmutableArray<Failure> Problems);
