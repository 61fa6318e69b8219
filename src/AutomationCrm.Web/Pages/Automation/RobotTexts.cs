using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>Robots in plain words: their type, and when they run.</summary>
public sealed class RobotTexts(IStringLocalizer<Resources.Robots> robots, IStringLocalizer<Texts> texts, ConditionTexts conditions, DelayTexts delays, IPortal portal)
{
    public string Name(string type) => robots[$"robot.{type}"] is { ResourceNotFound: false } name ? name.Value : type;

    public string Hint(string type) => robots[$"robot.{type}.hint"] is { ResourceNotFound: false } hint ? hint.Value : "";

    public string Setting(string type, string setting) => robots[$"robot.{type}.{setting}"] is { ResourceNotFound: false } name ? name.Value : setting;

    /// <summary>What a setting means; null where nothing is to be said.</summary>
    public string? SettingHint(string type, string setting) => robots[$"robot.{type}.{setting}.hint"] is { ResourceNotFound: false } hint ? hint.Value : null;

    /// <summary>One of the choices of a setting in words; what has no words of its own, such as GET, stands as it is.</summary>
    public string Option(string option) => robots[$"robot.option.{option}"] is { ResourceNotFound: false } name ? name.Value : option;

    /// <summary>What a result is called.</summary>
    public string Result(string type, string result) => robots[$"robot.{type}.result.{result}"] is { ResourceNotFound: false } name ? name.Value : result;

    /// <summary>Order, delay, condition and what happens on a failure, a line each.</summary>
    public IEnumerable<string> Notes(RobotConfig robot, bool hasPrevious, int typeId, IReadOnlyList<RobotConfig> robotsOfStage)
    {
        if (robot.AfterPrevious && hasPrevious) yield return texts["automation.after_previous"];
        if (robot.Delay is { } delay && delays.Sentence(delay, typeId) is { Length: > 0 } when) yield return when;
        if (Sentence(robot.Condition, typeId, robotsOfStage) is { } sentence) yield return texts["automation.when", sentence];
        if (robot.Survives) yield return texts["automation.survives"];
        if (OnError(robot.OnError) is { } failure) yield return failure;
    }

    /// <summary>A condition of the wire format as a sentence; null when it is none, or always true.</summary>
    public string? Sentence(JsonElement? condition, int typeId, IReadOnlyList<RobotConfig> robotsOfStage) =>
        portal.Current.Type(typeId) is { } type ? conditions.Sentence(condition, type, Names(robotsOfStage)) : null;

    /// <summary>"1 d before Close date, at 09:00"; empty when the robot starts at once.</summary>
    public string Delay(DelayConfig delay, int typeId) => delays.Sentence(delay, typeId);

    /// <summary>What becomes of the chain when the robot fails; null for the usual way.</summary>
    public string? OnError(OnErrorConfig? onError) => onError?.Then switch
    {
        OnErrorConfig.Stop => texts["automation.error_stop"].Value,
        OnErrorConfig.Continue => texts["automation.error_continue"].Value,
        _ => null,
    };

    /// <summary>How a field is written into a text.</summary>
    public static string Placeholder(Field field) => string.Create(CultureInfo.InvariantCulture, $"{{=Document:{field.Code}}}");

    internal static Dictionary<string, string> Names(IReadOnlyList<RobotConfig> robots) => robots.Where(r => r.Key.Length > 0).GroupBy(r => r.Key).ToDictionary(g => g.Key, g => g.Last().Name);
}
