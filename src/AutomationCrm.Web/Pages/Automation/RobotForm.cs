using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Conditions;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>The posted form of a robot, read by its descriptor: whatever the descriptor does not name is not there.</summary>
internal static class RobotForm
{
    /// <summary>Rows of maps and conditions that a form offers beyond those in use.</summary>
    public const int SpareRows = 2;

    public static RobotConfig Read(IFormCollection form, RobotDescriptor descriptor, RobotConfig before)
    {
        var settings = new JsonObject();
        foreach (var field in descriptor.Settings)
            if (ReadSetting(form, field) is { } value) settings[field.Code] = value;
        return before with
        {
            Type = descriptor.Code,
            Name = form["name"].ToString().Trim(),
            Enabled = form["enabled"] == "Y",
            AfterPrevious = form["afterPrevious"] == "Y",
            Survives = form["survives"] == "Y",
            // A delay or condition that these few controls cannot show stays as it is.
            Delay = before.Delay is { } kept && !IsSimple(kept) ? kept : ReadDuration(form, "delay") is { } delay && delay != "PT0S" ? new(delay) : null,
            Condition = before.Condition is not null && Rows(before) is null ? before.Condition : ReadCondition(form),
            Settings = JsonSerializer.SerializeToElement(settings),
        };
    }

    private static JsonNode? ReadSetting(IFormCollection form, Field field)
    {
        var name = "s." + field.Code;
        switch (field.Kind)
        {
            case FieldKind.FieldValues or FieldKind.Texts:
                var map = new JsonObject();
                var (keys, values) = (form[name + ".key"], form[name + ".value"]);
                for (var i = 0; i < keys.Count; i++)
                    if (!string.IsNullOrWhiteSpace(keys[i])) map[keys[i]!.Trim()] = i < values.Count ? values[i] : "";
                return map.Count > 0 ? map : null;
            case FieldKind.Duration: return ReadDuration(form, name) is { } duration && duration != "PT0S" ? duration : null;
            case FieldKind.Boolean: return form[name] == "Y" ? "Y" : "N";
            case FieldKind.User:
                var people = form[name].Where(v => !string.IsNullOrWhiteSpace(v)).ToList();
                return people.Count == 0 ? null : new JsonArray([.. people.Select(p => (JsonNode?)p)]);
            default: return form[name].ToString() is { Length: > 0 } text ? text : null;
        }
    }

    /// <summary>The rows of a condition that is one list of them with plain values; null for anything richer.</summary>
    public static IReadOnlyList<(string Field, string Op, string? Value)>? Rows(RobotConfig robot)
    {
        if (robot.Condition is not { } json) return [];
        if (ConditionJson.Read(json).Condition is not AllCondition all || all.Parts.Any(p => p is not ConditionRow { From: null, To: null, Value: null or { IsList: false, Templates.Length: 1 } })) return null;
        return [.. all.Parts.Cast<ConditionRow>().Select(row => (row.Field, row.Code, row.Value?.Templates[0].Text))];
    }

    private static bool IsSimple(DelayConfig delay) => delay == new DelayConfig(delay.After ?? "") && !string.IsNullOrEmpty(delay.After);

    private static JsonElement? ReadCondition(IFormCollection form)
    {
        var (fields, ops, values) = (form["c.field"], form["c.op"], form["c.value"]);
        var rows = new List<(string, string, string?)>();
        for (var i = 0; i < fields.Count; i++)
        {
            if (string.IsNullOrEmpty(fields[i])) continue;
            var op = i < ops.Count ? ops[i]! : OperatorCodes.Equal;
            rows.Add((fields[i]!, op, OperatorCodes.TakesValue(op) ? i < values.Count ? values[i] : "" : null));
        }

        return rows.Count == 0 ? null : ConditionRows.All(rows);
    }

    private static string? ReadDuration(IFormCollection form, string name)
    {
        if (!double.TryParse(form[name + ".number"], System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var number) || number is < 0 or > 100_000) return null;

        var span = form[name + ".unit"].ToString() switch
        {
            "d" => TimeSpan.FromDays(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromMinutes(number),
        };
        return XmlConvert.ToString(span);
    }
}
