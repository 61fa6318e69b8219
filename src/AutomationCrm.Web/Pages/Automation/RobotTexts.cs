using System.Globalization;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>Robots in plain words: their type, and when they run.</summary>
public sealed class RobotTexts(IStringLocalizer<Resources.Robots> robots, IStringLocalizer<Texts> texts, FieldTitles titles, IUserFormat format)
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
        if (robot.Delay?.Span is { } delay && delay > TimeSpan.Zero) yield return texts["automation.after", format.Duration(delay)];
        if (robot.Condition is { All.Count: > 0 } condition) yield return texts["automation.when", Sentence(condition, pipeline.TypeId)];
        if (robot.Survives) yield return texts["automation.survives"];
    }

    /// <summary>"Amount is more than 1000 and Title contains x".</summary>
    public string Sentence(ConditionConfig condition, int typeId)
    {
        var fields = ItemType.BuiltIn.First(t => t.Id == typeId).Fields;
        return string.Join(texts["automation.and"], condition.All.Select(row => string.Join(
            ' ',
            new[] { fields.FindByAnyName(row.Field) is { } field ? titles.Of(field) : row.Field, titles.Operator(row.Op), row.Value }.Where(part => !string.IsNullOrEmpty(part)))));
    }

    /// <summary>How a field is written into a text.</summary>
    public static string Placeholder(Field field) => string.Create(CultureInfo.InvariantCulture, $"{{=Document:{field.Code}}}");
}
