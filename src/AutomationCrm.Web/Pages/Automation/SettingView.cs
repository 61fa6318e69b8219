using System.Globalization;
using System.Text.Json;
using System.Xml;
using AutomationCrm.Application.Documents;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Domain.People;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>One setting of a robot for its form control, with the configured value in the shape the control needs.</summary>
public sealed record SettingView(string Type, Field Field, JsonElement? Value, ItemType ItemType, Pipeline Pipeline, IReadOnlyList<Person> People)
{
    /// <summary>Document templates for items of this type.</summary>
    public IReadOnlyList<TemplateChoice> Templates { get; init; } = [];

    public string Name => "s." + Field.Code;

    public string Text => Value is { } value ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "";

    public bool IsOn => Text is "Y" or "true";

    public IReadOnlyList<string> Chosen => Value switch
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

    public DurationView Duration => DurationView.Of(Text);
}

/// <summary>A duration as a number and a unit: m, h or d.</summary>
public sealed record DurationView(string Number, string Unit)
{
    public static DurationView Of(string iso)
    {
        if (iso.Length == 0) return new("0", "m");

        try
        {
            var span = XmlConvert.ToTimeSpan(iso);
            var (number, unit) = span.Ticks % TimeSpan.TicksPerDay == 0 && span != TimeSpan.Zero ? (span.TotalDays, "d") : span.Ticks % TimeSpan.TicksPerHour == 0 && span != TimeSpan.Zero ? (span.TotalHours, "h") : (span.TotalMinutes, "m");
            return new(number.ToString(CultureInfo.InvariantCulture), unit);
        }
        catch (FormatException)
        {
            return new("0", "m");
        }
    }
}
