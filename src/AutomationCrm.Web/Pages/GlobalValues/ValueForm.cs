using System.Globalization;
using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.GlobalValues;

/// <summary>A global value in a form: one line per value when there may be several.</summary>
public sealed record ValueInput(FieldKind Kind, bool Multiple, string Text, IReadOnlyList<Choice> Choices);

/// <summary>Global values for people and back.</summary>
public sealed class ValueForm(IPortal portal, IUserPreferences preferences, FieldFormat format, IStringLocalizer<Texts> texts)
{
    public ValueInput Fill(GlobalValue value) => new(value.Kind, value.Multiple, Text(value.Current), Choices(value));

    public string Show(GlobalValue value, string? json) => format.Show(value.AsField, GlobalValue.Read(json), 0);

    public string Kind(FieldKind kind)
    {
        var name = kind.ToString().ToLowerInvariant();
        return texts[$"globals.kind.{name}"];
    }

    /// <summary>How the value is written into texts.</summary>
    public static string Placeholder(GlobalValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return $"{{={(value.IsConstant ? "GlobalConst" : "GlobalVar")}:{value.Code}}}";
    }

    /// <summary>Throws <c>RuleBrokenException</c> when a line does not fit.</summary>
    public Value Read(Field field, string? text)
    {
        var reader = new FieldText(preferences.Culture, preferences.TimeZone);
        var one = field with { Multiple = false };
        if (!field.Multiple) return string.IsNullOrWhiteSpace(text) ? Value.Null : reader.Read(one, field.Kind == FieldKind.LongText ? text : text.Trim());

        var values = (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => reader.Read(one, line)).ToList();
        return values.Count == 0 ? Value.Null : Value.Of(values);
    }

    private string Text(Value value) => value switch
    {
        ListValue list => string.Join('\n', list.Items.Select(Text)),
        TextValue text => text.Text,
        NumberValue number => number.Number.ToString("0.##########", preferences.Culture),
        MoneyValue money => $"{money.Amount.ToString("0.00########", preferences.Culture)} {money.Currency}",
        BoolValue flag => flag.Flag ? "Y" : "N",
        DateValue date => date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        InstantValue at => Zones.ToLocal(at.At, preferences.TimeZone).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        UserValue user => user.Id.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    private IReadOnlyList<Choice> Choices(GlobalValue value) => value.Kind switch
    {
        FieldKind.User => [.. portal.Current.People.Values.Where(p => p.IsActive).OrderBy(p => p.FullName, StringComparer.CurrentCulture).Select(p => new Choice(p.Id.ToString(CultureInfo.InvariantCulture), p.FullName))],
        FieldKind.Boolean => [new("Y", texts["value.yes"]), new("N", texts["value.no"])],
        _ => [],
    };
}
