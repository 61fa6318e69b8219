using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Domain.People;

namespace AutomationCrm.Web.Pages.Automation.Forms;

/// <summary>One setting of a robot for its form control, with the configured value in the shape the control needs.</summary>
/// <param name="ItemType">Whose fields it means: the item's type, or the one that the robot names in its setting itemType.</param>
public sealed record SettingView(string Type, Field Field, JsonElement? Value, ItemType ItemType, Pipeline Pipeline, PortalSnapshot Portal, EditorPlace Place)
{
    private static readonly char[] Between = [',', '\n', ' '];

    /// <summary>Settings that hold a condition of their own.</summary>
    public static bool IsCondition(FieldKind kind) => kind.ToString() == "Condition";

    public IEnumerable<Person> People => Portal.People.Values.Where(p => p.IsActive || Chosen.Contains(p.Id.ToString(CultureInfo.InvariantCulture))).OrderBy(p => p.FullName, StringComparer.CurrentCulture);

    /// <summary>The condition as JSON; empty when there is none.</summary>
    public string Json => Value is { ValueKind: JsonValueKind.Object } value ? value.GetRawText() : "";

    /// <summary>A list with one text a line.</summary>
    public string Lines => string.Join('\n', Chosen);

    /// <summary>What it can name, where that lies outside the portal's snapshot.</summary>
    public IReadOnlyList<SettingChoice> Choices { get; init; } = [];

    /// <summary>Settings of triggers hold no placeholders.</summary>
    public bool IsTrigger { get; init; }

    /// <summary>Where the settings are fetched again after a choice, when others depend on it; null for the rest.</summary>
    public string? RefreshUrl => Field.Code == "client" && Place.SettingsUrl.Length > 0 ? Place.SettingsUrl : null;

    /// <summary>Formulas instead of people, and an empty one to be filled in.</summary>
    public IEnumerable<string> Formulas => IsTrigger ? [] : Chosen.Where(c => c.Contains('{', StringComparison.Ordinal)) is var given && given.Any() && !Field.Multiple ? given : given.Append("");

    /// <summary>Stages of the item's own pipeline, and those of others that are mapped already, with the stage each becomes.</summary>
    public IEnumerable<(Stage From, string To)> StageRows
    {
        get
        {
            var given = Rows.Where(r => r.Key.Length > 0).ToDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal);
            var others = given.Keys.Select(id => Portal.Stage(Pipeline.TypeId, id)).OfType<Stage>().Where(s => s.PipelineId != Pipeline.Id);
            return Pipeline.Stages.Concat(others).Select(s => (s, given.GetValueOrDefault(s.Id, "")));
        }
    }

    /// <summary>Stages of the pipeline that the robot names.</summary>
    public IReadOnlyList<Stage> MappedTo { get; init; } = [];

    public string Name => "s." + Field.Code;

    public string Text => Value is { } value ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "";

    public bool IsOn => Text is "Y" or "true";

    public IReadOnlyList<string> Chosen => Field.Kind == FieldKind.User ? [.. Given.Select(c => c.StartsWith("user_", StringComparison.Ordinal) ? c["user_".Length..] : c)] : Given;

    private IReadOnlyList<string> Given => Value switch
    {
        { } when Field.Kind == FieldKind.FieldCodes => [.. Listed.SelectMany(t => t.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        _ => Listed,
    };

    private IReadOnlyList<string> Listed => Value switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String ? e.GetString()! : e.GetRawText())],
        { } => [Text],
        _ => [],
    };

    public IReadOnlyList<(string Key, string Value)> Rows =>
    [
        .. Value is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject().Select(p => (p.Name, p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText())) : [],
        .. Enumerable.Repeat(("", ""), RobotForm.SpareRows),
    ];

    public DurationView Duration => DurationView.Of(Text.TrimStart('-'));

    /// <summary>A duration that counts from a date, so it may lie before it.</summary>
    public bool IsOffset => Field.Code == "offset";

    /// <summary>Fields to choose from; a single one is the date that something counts from.</summary>
    public IEnumerable<Field> FieldChoices => ItemType.Fields.All.Where(f => Field.Multiple || f.Kind is FieldKind.Date or FieldKind.Instant);
}

/// <summary>A duration as a number and a unit: s, m, h or d.</summary>
public sealed record DurationView(string Number, string Unit)
{
    public static DurationView Of(string iso)
    {
        if (IsoSpan.Parse(iso) is not { IsZero: false } parsed) return new("0", "m");

        var span = parsed.Length;
        var (number, unit) = span.Ticks % TimeSpan.TicksPerDay == 0 ? (span.TotalDays, "d")
            : span.Ticks % TimeSpan.TicksPerHour == 0 ? (span.TotalHours, "h")
            : span.Ticks % TimeSpan.TicksPerMinute == 0 ? (span.TotalMinutes, "m")
            : (span.TotalSeconds, "s");
        return new(number.ToString(CultureInfo.InvariantCulture), unit);
    }
}

/// <summary>Where a form's endpoints are asked: completion, problems of a text, the sentence of a condition.</summary>
public sealed record EditorPlace(string AssistUrl, string SentenceUrl, string SettingsUrl, string Facts);
