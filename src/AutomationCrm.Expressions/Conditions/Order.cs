using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

internal enum Relation
{
    Less,
    Equal,
    Greater,

    /// <summary>Different, but neither before nor after: an empty date and a date, two people.</summary>
    Different,
    Incomparable,
    NoRate,
}

/// <summary>How two single values stand to each other (Bitrix24's typed comparison; see docs/expressions.md).</summary>
internal static class Order
{
    public static Relation Of(Value left, Value right, EvaluationContext context) => (left, right) switch
    {
        (ContactPointValue point, _) => Of(Value.Of(point.Text), right, context),
        (_, ContactPointValue point) => Of(left, Value.Of(point.Text), context),
        (NumberValue a, NumberValue b) => Relate(a.Number.CompareTo(b.Number)),
        (NullValue or TextValue, NullValue or TextValue) => Texts(left, right, context),
        (BoolValue, _) or (_, BoolValue) => Flags(left, right),
        (DateValue or InstantValue, _) or (_, DateValue or InstantValue) => Dates(left, right, context),
        (UserValue, _) or (_, UserValue) => Same(UserId(left), UserId(right)),
        (ItemValue, _) or (_, ItemValue) => Items(left, right),
        _ => Amounts(left, right, context),
    };

    private static Relation Relate(int order) => order == 0 ? Relation.Equal : order < 0 ? Relation.Less : Relation.Greater;

    private static bool IsNothing(Value value) => value is NullValue or TextValue { Text: "" };

    private static Relation Texts(Value left, Value right, EvaluationContext context)
    {
        var a = left is TextValue first ? first.Text : "";
        var b = right is TextValue second ? second.Text : "";
        if (string.Equals(a, b, StringComparison.Ordinal)) return Relation.Equal;
        // Bitrix24 compares numeric texts as numbers, and nothing with a number as zero.
        if (Numeric(a, context) is { } x && Numeric(b, context) is { } y) return Relate(x.CompareTo(y));
        return Relate(string.CompareOrdinal(a, b));
    }

    private static decimal? Numeric(string text, EvaluationContext context)
    {
        if (text.Length == 0) return 0;
        return (char.IsAsciiDigit(text[^1]) || char.IsWhiteSpace(text[^1]) || text[^1] == '.') && ValueReader.TryNumber(text, context.Culture, out var number) ? number : null;
    }

    private static Relation Flags(Value left, Value right) =>
        Flag(left) is { } a && Flag(right) is { } b ? Relate(a.CompareTo(b)) : Relation.Incomparable;

    private static bool? Flag(Value value) => value switch
    {
        BoolValue flag => flag.Flag,
        NumberValue number => number.Number != 0,
        NullValue => false,
        TextValue text => ValueReader.TryBool(text.Text),
        _ => null,
    };

    private static Relation Dates(Value left, Value right, EvaluationContext context)
    {
        if (left is DateValue a && right is DateValue b) return Relate(a.Day.CompareTo(b.Day));
        if (IsNothing(left) || IsNothing(right)) return Relation.Different;
        return Moments.TryRead(left, context, context.TimeZone) is { } x && Moments.TryRead(right, context, context.TimeZone) is { } y
            ? Relate(x.CompareTo(y))
            : Relation.Incomparable;
    }

    private static long? UserId(Value value) => value switch
    {
        UserValue user => user.Id,
        NumberValue { Number: >= 0 and <= long.MaxValue } number when number.Number == decimal.Truncate(number.Number) => (long)number.Number,
        TextValue { Text.Length: > 0 } text => ValueReader.TryUser(text.Text),
        _ => IsNothing(value) ? 0 : null,
    };

    private static Relation Same(long? left, long? right)
    {
        if (left is null || right is null) return Relation.Incomparable;
        return left == right ? Relation.Equal : Relation.Different;
    }

    private static Relation Items(Value left, Value right)
    {
        if (left is ItemValue a && right is ItemValue b) return a == b ? Relation.Equal : Relation.Different;
        var item = (ItemValue)(left is ItemValue ? left : right);
        var other = left is ItemValue ? right : left;
        return other switch
        {
            _ when IsNothing(other) => Relation.Different,
            // A bare id is what fields bound to a single item type hold.
            NumberValue number => number.Number == item.Id ? Relation.Equal : Relation.Different,
            TextValue text when ItemCodes.Read(text.Text) is { } read => read == item ? Relation.Equal : Relation.Different,
            TextValue text when ValueReader.TryUser(text.Text) is { } id => id == item.Id ? Relation.Equal : Relation.Different,
            _ => Relation.Incomparable,
        };
    }

    private static Relation Amounts(Value left, Value right, EvaluationContext context)
    {
        if (Amount.TryRead(left, context) is not { } a || Amount.TryRead(right, context) is not { } b) return Relation.Incomparable;
        if (a.Currency is null || b.Currency is null) return Relate(a.Number.CompareTo(b.Number));
        return Rates.TryConvert(b.Number, b.Currency, a.Currency, context, out var converted) ? Relate(a.Number.CompareTo(converted)) : Relation.NoRate;
    }
}
