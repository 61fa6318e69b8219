using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>Triggers in plain words.</summary>
public sealed class TriggerTexts(IStringLocalizer<Resources.Robots> names, IStringLocalizer<Texts> texts, RobotTexts robots, TriggerCatalogue catalogue)
{
    /// <summary>Under which a trigger type's words lie among those of the robots.</summary>
    public const string Prefix = "trigger_";

    public IEnumerable<TriggerDescriptor> Types => catalogue.All.OrderBy(t => Name(t.Code), StringComparer.CurrentCulture);

    public string Name(string type) => names[$"robot.{Prefix}{type}"];

    public string Hint(string type) => names[$"robot.{Prefix}{type}.hint"];

    /// <summary>Condition, direction and author, a line each.</summary>
    public IEnumerable<string> Notes(TriggerConfig trigger, int typeId)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        if (robots.Sentence(trigger.Condition, typeId, []) is { Length: > 0 } sentence) yield return texts["automation.when", sentence];
        if (!trigger.Move) yield return texts["trigger.stays"];
        else if (trigger.AllowBackwards) yield return texts["trigger.backwards"];
    }
}
