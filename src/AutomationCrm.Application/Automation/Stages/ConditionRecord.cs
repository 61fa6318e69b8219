using System.Text.Json;
using System.Text.Json.Nodes;
using AutomationCrm.Application.Data;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>
/// An evaluated condition as it is stored with the robot run: the condition's own JSON, every row with what it saw (<c>left</c>, <c>right</c>)
/// and every row and group with its verdict (<c>holds</c>, null when it was not needed).
/// </summary>
public static class ConditionRecord
{
    /// <summary>Whether it holds, the record, and the reason when it could not be evaluated (it then does not hold).</summary>
    public static (bool Holds, string Json, Failure? Failure) Evaluate(Condition condition, IValueSource source, EvaluationContext context)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var outcome = condition.Evaluate(source, context);
        var next = 0;
        var (json, _) = Write(condition, outcome.Rows, ref next);
        return (outcome.Holds, json.ToJsonString(), outcome.Failure);
    }

    /// <summary>The same form without values: what is configured.</summary>
    public static string Planned(Condition condition) => ConditionJson.Write(condition).ToJsonString();

    private static (JsonObject Json, bool? Holds) Write(Condition condition, IReadOnlyList<RowOutcome> rows, ref int next)
    {
        switch (condition)
        {
            case AllCondition all:
                var (every, parts) = Parts(all.Parts, rows, ref next);
                return Group("all", parts, every.Contains(false) ? false : every.Contains(null) ? null : true);
            case AnyCondition any:
                var (choices, options) = Parts(any.Parts, rows, ref next);
                return Group("any", options, choices.Contains(true) ? true : choices.Contains(null) ? null : false);
            case NotCondition not:
                var (inner, holds) = Write(not.Part, rows, ref next);
                return Group("not", inner, !holds);
            default: return Row((ConditionRow)condition, rows[next++]);
        }
    }

    private static (List<bool?> Verdicts, JsonArray Json) Parts(IEnumerable<Condition> parts, IReadOnlyList<RowOutcome> rows, ref int next)
    {
        var (verdicts, json) = (new List<bool?>(), new JsonArray());
        foreach (var part in parts)
        {
            var (written, holds) = Write(part, rows, ref next);
            verdicts.Add(holds);
            json.Add(written);
        }

        return (verdicts, json);
    }

    private static (JsonObject Json, bool? Holds) Group(string name, JsonNode parts, bool? holds) => (new() { [name] = parts, ["holds"] = holds }, holds);

    private static (JsonObject Json, bool? Holds) Row(ConditionRow row, RowOutcome outcome)
    {
        var json = (JsonObject)ConditionJson.Write(row);
        if (outcome.Left is { } left) json["left"] = ValueJson.ToNode(left);
        if (outcome.Right is { } right) json["right"] = ValueJson.ToNode(right);
        json["holds"] = outcome.Holds;
        if (outcome.Failure is { } failure) json["failure"] = failure.Message;
        return (json, outcome.Holds);
    }
}

/// <summary>A stored condition for reading: a group with its parts, or a row with what it saw.</summary>
/// <param name="Kind">all, any, not or row.</param>
/// <param name="Holds">Null when it was not evaluated, not needed, or failed.</param>
public sealed record ConditionView(string Kind, bool? Holds, IReadOnlyList<ConditionView> Parts)
{
    public ConditionRow? Row { get; private init; }

    /// <summary>What the field held, as JSON; null when the row was not reached.</summary>
    public string? Left { get; private init; }

    /// <summary>What it was compared with, as JSON; for "changed" the value before.</summary>
    public string? Right { get; private init; }

    public string? Failure { get; private init; }

    public IEnumerable<ConditionView> Rows => Kind == "row" ? [this] : Parts.SelectMany(p => p.Rows);

    public static ConditionView Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    private static ConditionView Of(JsonElement json)
    {
        var holds = json.TryGetProperty("holds", out var verdict) && verdict.ValueKind is JsonValueKind.True or JsonValueKind.False ? verdict.GetBoolean() : (bool?)null;
        if (json.TryGetProperty("all", out var all)) return new("all", holds, [.. all.EnumerateArray().Select(Of)]);
        if (json.TryGetProperty("any", out var any)) return new("any", holds, [.. any.EnumerateArray().Select(Of)]);
        if (json.TryGetProperty("not", out var not)) return new("not", holds, [Of(not)]);

        return new("row", holds, [])
        {
            Row = RowOf(json),
            Left = json.TryGetProperty("left", out var left) ? left.GetRawText() : null,
            Right = json.TryGetProperty("right", out var right) ? right.GetRawText() : null,
            Failure = json.TryGetProperty("failure", out var failure) ? failure.GetString() : null,
        };
    }

    private static ConditionRow? RowOf(JsonElement json)
    {
        var configured = new JsonObject(json.EnumerateObject().Where(p => p.Name is "field" or "op" or "value" or "from" or "to").Select(p => KeyValuePair.Create(p.Name, JsonNode.Parse(p.Value.GetRawText()))));
        return ConditionJson.Read(configured.ToJsonString()).Condition as ConditionRow;
    }
}
