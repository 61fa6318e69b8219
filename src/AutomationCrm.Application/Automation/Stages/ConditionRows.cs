using System.Text.Json;
using System.Text.Json.Nodes;
using AutomationCrm.Expressions.Conditions;

namespace AutomationCrm.Application.Automation.Stages;

/// <summary>Conditions in one line of code, in the form they are stored in.</summary>
public static class ConditionRows
{
    /// <summary>Every row holds; a value is a text (a template) or null where the operator takes none.</summary>
    public static JsonElement All(params IEnumerable<(string Field, string Op, string? Value)> rows) =>
        JsonSerializer.SerializeToElement(new JsonObject { ["all"] = new JsonArray([.. rows.Select(Row)]) });

    private static JsonNode? Row((string Field, string Op, string? Value) row)
    {
        var json = new JsonObject { ["field"] = row.Field, ["op"] = row.Op };
        if (OperatorCodes.TakesValue(row.Op)) json["value"] = row.Value;
        return json;
    }
}
