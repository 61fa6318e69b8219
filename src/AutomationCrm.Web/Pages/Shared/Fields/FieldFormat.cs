using System.Globalization;
using System.Text.Json;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Resources;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Shared.Fields;

/// <summary>Values of fields as people read them: names instead of numbers, their own time zone and culture.</summary>
public sealed class FieldFormat(IUserFormat format, FieldTitles titles, IPortal portal, IStringLocalizer<Texts> texts)
{
    /// <summary>What people call the field of a type; null when there is none of that code.</summary>
    public string? TitleOf(int typeId, string code) => portal.Current.Type(typeId)?.Fields.Find(code) is { } field ? titles.Of(field) : null;

    /// <summary>An item's field; <paramref name="known"/> are titles of items it may refer to. Empty text for no value.</summary>
    public string Show(Item item, Field field, IReadOnlyDictionary<ItemRef, string> known)
    {
        var currency = field.Code == FieldCodes.Amount ? item.Text(FieldCodes.Currency) : null;
        return Show(field, item[field.Code], item.Ref.TypeId, currency, known);
    }

    /// <summary>A value on its own, for example of a history; <paramref name="field"/> is null for one that no longer exists.</summary>
    public string Show(Field? field, Value value, int typeId, string? currency = null, IReadOnlyDictionary<ItemRef, string>? known = null) => value switch
    {
        { IsEmpty: true } => "",
        ListValue list => string.Join(", ", list.Items.Select(one => Show(field, one, typeId, currency, known))),
        NumberValue { Number: var amount } when field?.Code == FieldCodes.AmountBase => format.Money(amount, portal.Current.BaseCurrency),
        NumberValue { Number: var amount } when currency is { Length: > 0 } => format.Money(amount, currency),
        NumberValue { Number: var id } when field?.Kind == FieldKind.Pipeline => portal.Current.Pipeline(typeId, (int)id)?.Name ?? id.ToString(CultureInfo.CurrentCulture),
        NumberValue { Number: var number } => format.Number(number),
        MoneyValue money => format.Money(money.Amount, money.Currency),
        BoolValue flag => texts[flag.Flag ? "value.yes" : "value.no"],
        DateValue date => format.Date(date.Day),
        InstantValue at => format.DateTime(at.At),
        UserValue { Id: 0 } => texts["value.automation"],
        UserValue user => portal.Current.PersonName(user.Id) is { Length: > 0 } name ? name : $"#{user.Id}",
        ItemValue other => known?.GetValueOrDefault(new(other.TypeId, other.Id)) ?? $"#{other.Id}",
        ContactPointValue point => point.Text,
        TextValue text when field?.Kind == FieldKind.Stage => portal.Current.Stage(typeId, text.Text)?.Name ?? text.Text,
        TextValue text when field?.Kind == FieldKind.Option => titles.Option(field, text.Text),
        TextValue text => text.Text,
        _ => "",
    };

    /// <summary>A value that a history keeps as JSON.</summary>
    public string ShowJson(Field? field, string? json, int typeId)
    {
        if (json is null) return "";

        using var document = JsonDocument.Parse(json);
        return field is null ? Plain(document.RootElement) : Show(field, ValueJson.Read(document.RootElement, field), typeId);
    }

    private string Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.True => texts["value.yes"],
        JsonValueKind.False => texts["value.no"],
        JsonValueKind.Number => format.Number(json.GetDecimal()),
        JsonValueKind.Array => string.Join(", ", json.EnumerateArray().Select(Plain)),
        _ => json.GetRawText(),
    };
}
