using System.Globalization;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>Robots in plain words: their type, and when they run.</summary>
public sealed class RobotTexts(IStringLocalizer<Resources.Robots> robots, IStringLocalizer<Texts> texts, ConditionTexts conditions, DelayTexts delays, IPortal portal)
{
    public string Name(string type) => robots[$"robot.{type}"];

    public string Hint(string type) => robots[$"robot.{type}.hint"];

    public string Setting(string type, string setting) => robots[$"robot.{type}.{setting}"];

    /// <summary>What a setting means; null where nothing is to be said.</summary>
    public string? SettingHint(string type, string setting) => robots[$"robot.{type}.{setting}.hint"] is { ResourceNotFound: false } hint ? hint.Value : null;

    /// <summary>Order, delay and condition, a line each.</summary>
    public IEnumerable<string> Notes(RobotConfig robot, bool hasPrevious, Pipeline pipeline)
    {
        if (robot.AfterPrevious && hasPrevious) yield return texts["automation.after_previous"];
        if (robot.Delay is { } delay) yield return delays.Sentence(delay, pipeline.TypeId);
        if (conditions.Sentence(robot.Condition, portal.Current.Type(pipeline.TypeId)!) is { } sentence) yield return texts["automation.when", sentence];
        if (robot.Survives) yield return texts["automation.survives"];
    }

    /// <summary>How a field is written into a text.</summary>
    public static string Placeholder(Field field) => string.Create(CultureInfo.InvariantCulture, $"{{=Document:{field.Code}}}");
}
