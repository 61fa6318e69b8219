using System.Globalization;
using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Calculation;

/// <summary>The type modifiers. An empty value stays empty; what cannot be read as the type is a failure.</summary>
internal static class Conversion
{
    public static Value? To(string type, Value value, ReferenceNode node, Run run)
    {
        var name = type.StartsWith("uf:", StringComparison.Ordinal) ? type[3..] : type;
        if (name is "string" or "text") return run.Text(value, node, Zone(node, run)) is { } text ? Value.Of(text) : null;
        if (value.IsEmpty) return name is "bool" or "boolean" ? Value.False : Value.Null;
        return name switch
        {
            "int" or "integer" => Number(value, node, run, decimal.Truncate),
            "double" => Number(value, node, run, number => number),
            "bool" or "boolean" => Bool(value, node, run),
            "date" => Day(value, node, run),
            "datetime" => Moment(value, node, run) is { } at ? Value.Of(at) : null,
            "time" => Moment(value, node, run) is { } at ? Time(at, node, run) : null,
            "user" or "employee" => User(value, node, run),
            "money" => Money(value, node, run),
            "crm" => Item(value, node, run),
            _ => value,
        };
    }

    private static TimeZoneInfo Zone(ReferenceNode node, Run run) => Modifiers.ZoneOf(node.Format, run.Context);

    private static Value? Number(Value value, ReferenceNode node, Run run, Func<decimal, decimal> shape) => value switch
    {
        UserValue user => Value.Of((decimal)user.Id),
        ItemValue item => Value.Of((decimal)item.Id),
        InstantValue at => Value.Of((decimal)at.At.ToUnixTimeSeconds()),
        _ => Amount.TryRead(value, run.Context) is { } amount ? Value.Of(shape(amount.Number)) : Not(FailureCodes.NotANumber, value, node, run),
    };

    private static Value? Bool(Value value, ReferenceNode node, Run run) => value switch
    {
        BoolValue => value,
        NumberValue number => Value.Of(number.Number != 0),
        TextValue text when ValueReader.TryBool(text.Text) is { } flag => Value.Of(flag),
        _ => Not(FailureCodes.NotABoolean, value, node, run),
    };

    private static Value? Day(Value value, ReferenceNode node, Run run)
    {
        if (value is DateValue) return value;
        if (value is TextValue text && ValueReader.TryMoment(text.Text, run.Context.Culture, Zone(node, run)) is DateValue day) return day;
        return Moment(value, node, run) is { } at ? Value.Of(Zones.DayOf(at, Zone(node, run))) : null;
    }

    private static DateTimeOffset? Moment(Value value, ReferenceNode node, Run run)
    {
        if (Moments.TryRead(value, run.Context, Zone(node, run)) is { } at) return at;
        Not(FailureCodes.NotADate, value, node, run);
        return null;
    }

    private static Value Time(DateTimeOffset at, ReferenceNode node, Run run) =>
        Value.Of(Zones.ToLocal(at, Zone(node, run)).ToString("HH:mm", CultureInfo.InvariantCulture));

    private static Value? User(Value value, ReferenceNode node, Run run) => value switch
    {
        UserValue => value,
        NumberValue { Number: > 0 and <= long.MaxValue } number when number.Number == decimal.Truncate(number.Number) => new UserValue((long)number.Number),
        TextValue text when ValueReader.TryUser(text.Text) is { } id => new UserValue(id),
        _ => Not(FailureCodes.NotAUser, value, node, run),
    };

    private static Value? Money(Value value, ReferenceNode node, Run run) => value switch
    {
        MoneyValue => value,
        TextValue text when ValueReader.TryMoney(text.Text, run.Context.Culture) is { } money => money,
        _ => Not(FailureCodes.NotMoney, value, node, run),
    };

    private static Value? Item(Value value, ReferenceNode node, Run run) => value switch
    {
        ItemValue => value,
        TextValue text when ItemCodes.Read(text.Text) is { } item => item,
        _ => Not(FailureCodes.NotAnItem, value, node, run),
    };

    private static Value? Not(string code, Value value, ReferenceNode node, Run run) =>
        run.Fail(code, node, value is TextValue text ? text.Text : ValueKinds.Name(value));
}
