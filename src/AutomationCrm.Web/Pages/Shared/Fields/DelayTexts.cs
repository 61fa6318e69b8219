using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Portal;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Shared.Fields;

/// <summary>Delays in plain words: "one day before Close date, at 09:00, in working time".</summary>
public sealed class DelayTexts(FieldTitles titles, IPortal portal, IUserFormat format, IStringLocalizer<Texts> texts)
{
    public string Sentence(DelayConfig delay, int typeId)
    {
        ArgumentNullException.ThrowIfNull(delay);
        return string.Join(", ", Parts(delay, typeId));
    }

    private IEnumerable<string> Parts(DelayConfig delay, int typeId)
    {
        if (delay.At is { Length: > 0 } at) yield return Date(delay, FieldName(at, typeId));
        else if (IsoSpan.Parse(delay.After) is { IsZero: false } after) yield return texts["automation.after", format.Duration(after.Length)];
        if (delay.Time is { Length: > 0 } time) yield return texts["delay.time", time];
        if (delay.WorkTime) yield return texts["delay.work_time"];
        if (delay.Empty == DelayConfig.Skip) yield return texts["delay.empty_skip"];
        if (delay.Past == DelayConfig.Skip) yield return texts["delay.past_skip"];
        if (delay.Recompute) yield return texts["delay.recompute"];
    }

    private string Date(DelayConfig delay, string field) => IsoSpan.Parse(delay.Offset) switch
    {
        { IsNegative: true } before => texts["delay.before", format.Duration(before.Length.Duration()), field],
        { IsZero: false } after => texts["delay.after", format.Duration(after.Length), field],
        _ => texts["delay.at", field],
    };

    private string FieldName(string at, int typeId)
    {
        var name = at.StartsWith("{=Document:", StringComparison.OrdinalIgnoreCase) && at.EndsWith('}') ? at["{=Document:".Length..^1].Trim() : at;
        return portal.Current.Type(typeId) is { } type && FieldPath.Find(type, name, portal.Current.Type)?.Field is { } field ? titles.Of(field) : at;
    }
}
