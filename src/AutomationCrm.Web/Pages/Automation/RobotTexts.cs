using System.Globalization;
using System.Text.Json;
using System.Xml;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>Robots in plain words: their type, and when they run.</summary>
public sealed class RobotTexts(IStringLocalizer<Resources.Robots> robots, IStringLocalizer<Texts> texts, ConditionWords words, IUserFormat format)
{
    public string Name(string type) => robots[$"robot.{type}"] is { ResourceNotFound: false } name ? name.Value : type;

    public string Hint(string type) => robots[$"robot.{type}.hint"] is { ResourceNotFound: false } hint ? hint.Value : "";

    public string Setting(string type, string setting) => robots[$"robot.{type}.{setting}"] is { ResourceNotFound: false } name ? name.Value : setting;

    /// <summary>What a setting means; null where nothing is to be said.</summary>
    public string? SettingHint(string type, string setting) => robots[$"robot.{type}.{setting}.hint"] is { ResourceNotFound: false } hint ? hint.Value : null;

    /// <summary>Order, delay, condition and what happens on a failure, a line each.</summary>
    public IEnumerable<string> Notes(RobotConfig robot, bool hasPrevious, int typeId, IReadOnlyList<RobotConfig> robotsOfStage)
    {
        var json = JsonSerializer.SerializeToElement(robot, StageAutomation.Json);
        if (robot.AfterPrevious && hasPrevious) yield return texts["automation.after_previous"];
        if (json.TryGetProperty("delay", out var delay) && Delay(delay, typeId) is { Length: > 0 } when) yield return when;
        if (json.TryGetProperty("condition", out var condition) && Sentence(condition, typeId, robotsOfStage) is { } sentence) yield return texts["automation.when", sentence];
        if (robot.Survives) yield return texts["automation.survives"];
        if (json.TryGetProperty("onError", out var onError) && OnError(onError) is { } failure) yield return failure;
    }

    /// <summary>A condition of the wire format as a sentence; null when it is no condition or always true.</summary>
    public string? Sentence(JsonElement condition, int typeId, IReadOnlyList<RobotConfig> robotsOfStage)
    {
        if (condition.ValueKind != JsonValueKind.Object || ConditionJson.Read(condition).Condition is not { } read || !read.Rows.Any()) return null;
        return ConditionSentence.Of(read, words.For(typeId, robotsOfStage));
    }

    /// <summary>"after 2 h", "1 d before Close date, at 09:00, in working time"; empty when the robot starts at once.</summary>
    public string Delay(JsonElement delay, int typeId)
    {
        if (delay.ValueKind != JsonValueKind.Object) return "";

        var parts = new List<string>();
        if (Text(delay, "at") is { Length: > 0 } at) parts.Add(OnDate(words.For(typeId, []).Field(at.Contains(':', StringComparison.Ordinal) || at.Contains('{', StringComparison.Ordinal) ? at : "Document:" + at), Span(Text(delay, "offset"))));
        else if (Span(Text(delay, "after")) is { } after && after > TimeSpan.Zero) parts.Add(texts["automation.after", format.Duration(after)]);
        if (Text(delay, "time") is { Length: > 0 } time) parts.Add(texts["automation.at_time", time]);
        if (Flag(delay, "workTime")) parts.Add(texts["automation.work_time"]);
        if (Text(delay, "empty") == "skip") parts.Add(texts["automation.skip_empty"]);
        if (Text(delay, "past") == "skip") parts.Add(texts["automation.skip_past"]);
        if (Flag(delay, "recompute")) parts.Add(texts["automation.recompute"]);
        return string.Join(", ", parts);
    }

    /// <summary>What becomes of the chain when the robot fails; null for the usual way.</summary>
    public string? OnError(JsonElement onError) => Text(onError, "then") switch
    {
        "stop" => texts["automation.error_stop"].Value,
        "continue" => texts["automation.error_continue"].Value,
        _ => null,
    };

    /// <summary>How a field is written into a text.</summary>
    public static string Placeholder(Field field) => string.Create(CultureInfo.InvariantCulture, $"{{=Document:{field.Code}}}");

    internal static TimeSpan? Span(string? iso)
    {
        try
        {
            return string.IsNullOrEmpty(iso) ? null : XmlConvert.ToTimeSpan(iso);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    private string OnDate(string field, TimeSpan? offset) => offset switch
    {
        { } before when before < TimeSpan.Zero => texts["automation.before_date", format.Duration(-before), field],
        { } after when after > TimeSpan.Zero => texts["automation.after_date", format.Duration(after), field],
        _ => texts["automation.on_date", field],
    };

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Flag(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
