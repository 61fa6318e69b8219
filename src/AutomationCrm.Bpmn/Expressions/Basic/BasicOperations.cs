using System.Globalization;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Expressions.Basic;

/// <summary>What operators mean for values of different kinds.</summary>
internal static class BasicOperations
{
    private const int MaxText = 1_000_000;

    public static Func<Datum, Datum, Datum>? ComparisonOf(string op) => op switch
    {
        "==" or "=" or "eq" => (a, b) => Datum.Of(Same(a, b)),
        "!=" or "<>" or "ne" => (a, b) => Datum.Of(!Same(a, b)),
        "<" or "lt" => (a, b) => Ordered(a, b, static c => c < 0),
        "<=" or "le" => (a, b) => Ordered(a, b, static c => c <= 0),
        ">" or "gt" => (a, b) => Ordered(a, b, static c => c > 0),
        ">=" or "ge" => (a, b) => Ordered(a, b, static c => c >= 0),
        "in" => (a, b) => Datum.Of(Contains(b, a)),
        _ => null,
    };

    public static bool Truth(Datum value) => value switch
    {
        BoolDatum b => b.Flag,
        NullDatum => false,
        TextDatum { Text: "true" } => true,
        TextDatum { Text: "false" } => false,
        _ => throw new ExpressionException($"'{value}' is neither true nor false."),
    };

    public static decimal Number(Datum value) => AsNumber(value) ?? throw new ExpressionException($"'{value}' is no number.");

    public static bool Same(Datum a, Datum b)
    {
        if (a is NumberDatum x && b is NumberDatum y) return x.Number == y.Number;
        if ((a is NumberDatum && b is TextDatum) || (a is TextDatum && b is NumberDatum)) return AsNumber(a) == AsNumber(b);
        if ((a is BoolDatum && b is TextDatum) || (a is TextDatum && b is BoolDatum)) return a.ToString() == b.ToString();
        return a.Equals(b);
    }

    public static Datum Add(Datum a, Datum b)
    {
        if (a is NumberDatum x && b is NumberDatum y) return Datum.Of(x.Number + y.Number);
        if (a is ListDatum left && b is ListDatum right) return new ListDatum(left.Items.AddRange(right.Items));
        if (AsNumber(a) is { } p && AsNumber(b) is { } q) return Datum.Of(p + q);
        if (a is not TextDatum && b is not TextDatum) throw new ExpressionException($"'{a}' and '{b}' cannot be added.");
        var text = a.ToString() + b.ToString();
        return text.Length <= MaxText ? Datum.Of(text) : throw new ExpressionException("The text becomes too long.");
    }

    public static bool Contains(Datum whole, Datum part) => whole switch
    {
        TextDatum text => text.Text.Contains(part.ToString()!, StringComparison.Ordinal),
        ListDatum list => list.Items.Any(i => Same(i, part)),
        MapDatum map => map.Entries.ContainsKey(part.ToString()!),
        _ => throw new ExpressionException($"'{whole}' contains nothing."),
    };

    public static int Size(Datum value) => value switch
    {
        NullDatum => 0,
        TextDatum text => text.Text.Length,
        ListDatum list => list.Items.Length,
        MapDatum map => map.Entries.Count,
        _ => throw new ExpressionException($"'{value}' has no size."),
    };

    public static Datum Member(Datum value, string name) => value switch
    {
        MapDatum map => map.Entries.GetValueOrDefault(name, Datum.Null),
        NullDatum => Datum.Null,
        _ => throw new ExpressionException($"'{value}' has no '{name}'."),
    };

    public static Datum Item(Datum value, Datum index)
    {
        if (value is not ListDatum list) return Member(value, index.ToString()!);
        var at = Number(index);
        return at >= 0 && at < list.Items.Length ? list.Items[(int)at] : Datum.Null;
    }

    private static Datum Ordered(Datum a, Datum b, Func<int, bool> test)
    {
        if (a is NullDatum || b is NullDatum) return Datum.Null;
        if (AsNumber(a) is { } x && AsNumber(b) is { } y) return Datum.Of(test(x.CompareTo(y)));
        if (a is TextDatum or TypedDatum && a.GetType() == b.GetType()) return Datum.Of(test(string.CompareOrdinal(a.ToString(), b.ToString())));
        throw new ExpressionException($"'{a}' and '{b}' cannot be compared.");
    }

    private static decimal? AsNumber(Datum value) => value switch
    {
        NumberDatum number => number.Number,
        TextDatum text when decimal.TryParse(text.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
