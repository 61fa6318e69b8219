using System.Globalization;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Crm.Items;

/// <summary>
/// Values for a field from what people, programs and placeholders write: text is read by the field's kind, values of a related kind are
/// turned into it. Forms, REST, import and robots all use this, so that "1.5" means the same everywhere.
/// </summary>
/// <param name="Culture">Whose decimal separator and dates are understood besides the invariant ones.</param>
/// <param name="Zone">Where times without an offset are.</param>
public sealed record FieldText(CultureInfo Culture, TimeZoneInfo Zone)
{
    /// <summary>For programs: numbers with a point, ISO dates, UTC.</summary>
    public static FieldText Invariant { get; } = new(CultureInfo.InvariantCulture, TimeZoneInfo.Utc);

    /// <summary>Reads text for a field; empty text is no value. Throws <see cref="RuleBrokenException"/> <c>field.type</c> that names the field.</summary>
    public Value Read(Field field, string? text) => string.IsNullOrEmpty(text) ? Value.Null : Convert(field, Value.Of(text));

    /// <summary>Makes a value fit a field; throws <see cref="RuleBrokenException"/> <c>field.type</c> that names the field.</summary>
    public Value Convert(Field field, Value value)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(value);
        if (value.IsEmpty) return Value.Null;
        if (field.Kind == FieldKind.ContactPoints) return ContactPoints(field, value);
        if (value is not ListValue list) return field.Multiple ? Value.Of([One(field, value)]) : One(field, value);
        if (field.Multiple) return Value.Of(list.Items.Select(item => One(field, item)));

        return list.Items.Length == 1 ? One(field, list.Items[0])
            : IsText(field) ? Value.Of(Plain(list))
            : throw Wrong(field, "one value", value);
    }

    private Value One(Field field, Value value) => field.Kind switch
    {
        FieldKind.Text or FieldKind.LongText or FieldKind.Url or FieldKind.Stage => Value.Of(Plain(value)),
        FieldKind.Option => Option(field, Plain(value)),
        FieldKind.Currency => Value.Of(Plain(value).Trim().ToUpperInvariant()),
        FieldKind.Integer or FieldKind.Pipeline => Number(value) is { } whole && decimal.Truncate(whole) == whole ? Value.Of(whole) : throw Wrong(field, "a whole number", value),
        FieldKind.Number => Value.Of(Number(value) ?? throw Wrong(field, "a number", value)),
        FieldKind.Boolean => Flag(value) ?? throw Wrong(field, "yes or no", value),
        FieldKind.Date => Day(Moment(value)) ?? throw Wrong(field, "a date", value),
        FieldKind.Instant => Instant(Moment(value)) ?? throw Wrong(field, "a date with a time", value),
        FieldKind.Money => Money(value) ?? throw Wrong(field, "an amount with its currency", value),
        FieldKind.User => User(value) ?? throw Wrong(field, "a person", value),
        FieldKind.Item => Reference(field, value) ?? throw Wrong(field, "an item", value),
        _ => value,
    };

    private decimal? Number(Value value) => value switch
    {
        NumberValue number => number.Number,
        MoneyValue money => money.Amount,
        UserValue user => user.Id,
        ItemValue item => item.Id,
        TextValue text when ValueReader.TryNumber(text.Text, Culture, out var number) => number,
        TextValue text => ValueReader.TryMoney(text.Text, Culture)?.Amount,
        _ => null,
    };

    private static Value? Flag(Value value) => value switch
    {
        BoolValue => value,
        NumberValue { Number: 0 or 1 } number => Value.Of(number.Number == 1),
        TextValue text when ValueReader.TryBool(text.Text) is { } flag => Value.Of(flag),
        _ => null,
    };

    private Value? Moment(Value value) => value switch
    {
        DateValue or InstantValue => value,
        TextValue text => ValueReader.TryMoment(text.Text, Culture, Zone),
        _ => null,
    };

    private Value? Day(Value? moment) => moment is InstantValue at ? Value.Of(Zones.DayOf(at.At, Zone)) : moment;

    private Value? Instant(Value? moment) => moment is DateValue day ? Value.Of(Zones.ToInstant(day.Day.ToDateTime(TimeOnly.MinValue), Zone)) : moment;

    private MoneyValue? Money(Value value) => value as MoneyValue ?? (value is TextValue text ? ValueReader.TryMoney(text.Text, Culture) : null);

    private static UserValue? User(Value value) => value switch
    {
        UserValue user => user,
        NumberValue number when WholeId(number) is { } id => new(id),
        TextValue text when ValueReader.TryUser(text.Text) is { } id => new(id),
        _ => null,
    };

    private static ItemValue? Reference(Field field, Value value) => value switch
    {
        ItemValue item => item.TypeId == field.TargetType ? item : null,
        NumberValue number when WholeId(number) is { } id => new(field.TargetType ?? 0, id),
        TextValue text when long.TryParse(text.Text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) => new(field.TargetType ?? 0, id),
        TextValue text when ItemCodes.Read(text.Text) is { } item && item.TypeId == field.TargetType => item,
        _ => null,
    };

    private static long? WholeId(NumberValue number) =>
        decimal.Truncate(number.Number) == number.Number && number.Number is >= 0 and <= long.MaxValue ? (long)number.Number : null;

    private static Value Option(Field field, string text) =>
        Value.Of(field.Options.FirstOrDefault(option => option.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) ?? text);

    private Value ContactPoints(Field field, Value value)
    {
        var points = new List<Value>();
        foreach (var one in value is ListValue list ? list.Items : [value])
        {
            if (one is ContactPointValue) points.Add(one);
            else if (one is TextValue text) points.AddRange(text.Text.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => Value.Of(p)));
            else throw Wrong(field, "a list of contact points", value);
        }

        return points.Count == 0 ? Value.Null : Value.Of(points);
    }

    private string Plain(Value value) => ValueText.Plain(value, new EvaluationContext(default) { Culture = Culture, TimeZone = Zone });

    private static bool IsText(Field field) => field.Kind is FieldKind.Text or FieldKind.LongText;

    private RuleBrokenException Wrong(Field field, string wanted, Value value)
    {
        var shown = Plain(value);
        return new("field.type", $"The field {field.Code} takes {wanted}, not \"{(shown.Length > 60 ? shown[..60] + "…" : shown)}\".", field.Code);
    }
}
