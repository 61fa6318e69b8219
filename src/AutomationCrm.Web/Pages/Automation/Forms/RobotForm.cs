using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Web.Pages.Automation.Forms;

/// <summary>The posted form of a robot, read by its descriptor: whatever the descriptor does not name is not there.</summary>
internal static class RobotForm
{
    /// <summary>Rows of maps that a form offers beyond those in use.</summary>
    public const int SpareRows = 2;

    private const int LongestCondition = 100_000;

    public static RobotConfig Read(IFormCollection form, RobotDescriptor descriptor, RobotConfig before)
    {
        return before with
        {
            Type = descriptor.Code,
            Name = form["name"].ToString().Trim(),
            Enabled = form["enabled"] == "Y",
            AfterPrevious = form["afterPrevious"] == "Y",
            Survives = form["survives"] == "Y",
            Delay = DelayForm.Read(form),
            Condition = ReadCondition(form["condition"].ToString()),
            OnError = ReadOnError(form),
            StartedBy = form["startedBy"].ToString() is { Length: > 0 } trigger ? trigger : null,
            Settings = ReadSettings(form, descriptor.Settings),
        };
    }

    public static JsonElement ReadSettings(IFormCollection form, IEnumerable<Field> fields)
    {
        var settings = new JsonObject();
        foreach (var field in fields)
            if (ReadSetting(form, field) is { } value) settings[field.Code] = value;
        return JsonSerializer.SerializeToElement(settings);
    }

    /// <summary>Null when there is none; what is no JSON is kept as a text, so that the check names it.</summary>
    public static JsonElement? ReadCondition(string json)
    {
        if (string.IsNullOrWhiteSpace(json)) return null;
        if (json.Length > LongestCondition) return JsonSerializer.SerializeToElement(json[..20]);

        try
        {
            using var read = JsonDocument.Parse(json);
            return read.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(json);
        }
    }

    private static JsonNode? ReadSetting(IFormCollection form, Field field)
    {
        var name = "s." + field.Code;
        switch (field.Kind)
        {
            case FieldKind.FieldValues or FieldKind.Texts or FieldKind.StageMap:
                var map = new JsonObject();
                var (keys, values) = (form[name + ".key"], form[name + ".value"]);
                for (var i = 0; i < keys.Count; i++)
                    if (!string.IsNullOrWhiteSpace(keys[i]) && !(field.Kind == FieldKind.StageMap && string.IsNullOrEmpty(values.ElementAtOrDefault(i)))) map[keys[i]!.Trim()] = i < values.Count ? values[i] : "";
                return map.Count > 0 ? map : null;
            case FieldKind.Duration: return DelayForm.ReadDuration(form, name) is { } duration && duration != "PT0S" ? (form[name + ".direction"] == "before" ? "-" : "") + duration : null;
            case FieldKind.Boolean: return form[name] == "Y" ? "Y" : "N";
            case FieldKind.User when !field.Multiple: return List(form[name].Where(t => !string.IsNullOrWhiteSpace(t)).TakeLast(1));
            case FieldKind.User:
            case FieldKind.FieldCodes when field.Multiple: return List(form[name]);
            case { } when form[name] == PickView.ByFormula && form.ContainsKey(name + ".formula"): return form[name + ".formula"].ToString().Trim() is { Length: > 0 } formula ? formula : null;
            case { } when SettingView.IsCondition(field.Kind): return ReadCondition(form[name].ToString()) is { } condition ? JsonNode.Parse(condition.GetRawText()) : null;
            default: return field.Multiple ? List(form[name].SelectMany(t => t?.ReplaceLineEndings("\n").Split('\n') ?? [])) : form[name].ToString() is { Length: > 0 } text ? text : null;
        }
    }

    private static JsonArray? List(IEnumerable<string?> texts)
    {
        var list = texts.Where(t => !string.IsNullOrWhiteSpace(t)).ToList();
        return list.Count == 0 ? null : new JsonArray([.. list.Select(t => (JsonNode?)t)]);
    }

    private static OnErrorConfig? ReadOnError(IFormCollection form)
    {
        var then = form["onError.then"].ToString() is OnErrorConfig.Stop or OnErrorConfig.Continue ? form["onError.then"].ToString() : OnErrorConfig.Ask;
        var attempts = int.TryParse(form["onError.attempts"], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : (int?)null;
        var pause = DelayForm.ReadDuration(form, "onError.pause") is { } duration && duration != "PT0S" ? duration : null;
        return then == OnErrorConfig.Ask && attempts is null && pause is null ? null : new() { Then = then, Attempts = attempts, Pause = pause };
    }
}
