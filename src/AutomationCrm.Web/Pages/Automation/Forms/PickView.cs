using System.Globalization;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Forms;

/// <summary>A setting that names one thing out of many: chosen by name, where it may be, written as a formula.</summary>
/// <param name="Empty">What no choice means; null when something must be chosen.</param>
/// <param name="Formula">Whether a formula may stand there instead.</param>
/// <param name="RefreshUrl">Where the settings are fetched again after a choice; null when nothing depends on it.</param>
public sealed record PickView(string Id, string Name, string Label, bool Required, string Value, IReadOnlyList<PickGroup> Groups, string? Empty, bool Formula, string? RefreshUrl = null)
{
    /// <summary>The choice that opens the field for a formula.</summary>
    public const string ByFormula = "=";

    public bool IsFormula => Formula && Value.Contains('{', StringComparison.Ordinal) && !IsAmong;

    /// <summary>It names something that is not, or no longer, there.</summary>
    public bool IsUnknown => Value.Length > 0 && !IsFormula && !IsAmong;

    private bool IsAmong => Groups.Any(g => g.Choices.Any(IsChosen));

    /// <summary>Whether to say that something must be made first.</summary>
    public bool HasNothing => (Required || !Formula) && Groups.All(g => g.Choices.Count == 0);

    public bool IsChosen(SettingChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return choice.Code.Equals(Value, StringComparison.OrdinalIgnoreCase);
    }
}

/// <param name="Title">Null for choices without a heading.</param>
public sealed record PickGroup(string? Title, IReadOnlyList<SettingChoice> Choices);

/// <summary>Makes the choice of a setting from its kind.</summary>
public sealed class PickViews(IStringLocalizer<Texts> texts, TypeNames types)
{
    private const string Tasks = "TASK";

    /// <summary>Null when the setting is none that is chosen from a list.</summary>
    public PickView? Of(SettingView setting, string label)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var field = setting.Field;
        var (groups, empty, formula) = Choices(setting);
        return groups is null ? null
            : new(
                "setting-" + field.Code, setting.Name, label, field.Required, setting.Text, groups,
                field.Required ? null : texts[empty ?? "pick.none"].Value, formula && !setting.IsTrigger,
                field.Kind == FieldKind.Pipeline ? setting.Place.SettingsUrl : null);
    }

    private (IReadOnlyList<PickGroup>? Groups, string? Empty, bool Formula) Choices(SettingView setting) => setting.Field.Kind switch
    {
        FieldKind.Stage => ([new(null, Stages(setting.Pipeline))], null, true),
        FieldKind.AnyStage => ([.. Pipelines(setting).Select(p => new PickGroup(p.Name, Stages(p)))], setting.Type == "complete_tasks" ? "pick.current_stage" : "robotform.first_stage", true),
        FieldKind.Pipeline => ([new(null, [.. Pipelines(setting).Select(p => new SettingChoice(p.Id.ToString(CultureInfo.InvariantCulture), p.Name))])], null, false),
        FieldKind.GlobalValue => ([new(null, [.. setting.Portal.GlobalValues.Values.Where(g => !g.IsConstant).OrderBy(g => g.Name, StringComparer.CurrentCultureIgnoreCase).Select(g => new SettingChoice(g.Code, g.Name))])], null, false),
        FieldKind.LinkedKind => ([new(null, [new(Tasks, texts["pick.tasks"].Value), .. setting.Portal.Types.Select(t => new SettingChoice(t.Code, types.Name(t)))])], null, false),
        FieldKind.TaskNumber => (Named(setting), "pick.any_task", true),
        FieldKind.DocumentNumber => (Named(setting), "pick.any_document", true),
        FieldKind.MailNumber => (Named(setting), "pick.any_mail", true),
        FieldKind.DateSource => (Named(setting), null, true),
        FieldKind.DocumentTemplate => (Named(setting), null, true),
        FieldKind.TemplateNumber => (Named(setting), "pick.any_template", false),
        FieldKind.SmsProvider => (Named(setting), "pick.default_provider", true),
        FieldKind.ChatChannel => (Named(setting), null, true),
        FieldKind.Script => (Named(setting), null, false),
        FieldKind.WebForm => (Named(setting), "pick.any_form", false),
        _ => (null, null, false),
    };

    private static IReadOnlyList<PickGroup> Named(SettingView setting) => [new(null, [.. setting.Choices.Where(c => c.IsFor(setting.ItemType.Id))])];

    private static IEnumerable<Pipeline> Pipelines(SettingView setting) => setting.Portal.Pipelines.Where(p => p.TypeId == setting.ItemType.Id);

    private static List<SettingChoice> Stages(Pipeline pipeline) => [.. pipeline.Stages.Select(s => new SettingChoice(s.Id, s.Name))];
}
