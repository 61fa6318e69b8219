using System.Globalization;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests;

/// <summary>Values and outcomes in a short form for tables: 5, "text", yes, 2026-01-05, 2026-01-05T09:00:00Z, 5 EUR, user 7, item 2:15, [list], nothing, !failure_code.</summary>
internal static class Dump
{
    public static string Of(Evaluation evaluation) => evaluation.Failure is { } failure ? "!" + failure.Code : Of(evaluation.Value!);

    public static string Of(Value value) => value switch
    {
        NullValue => "nothing",
        BoolValue flag => flag.Flag ? "yes" : "no",
        NumberValue number => Number(number.Number),
        TextValue text => $"\"{text.Text}\"",
        DateValue date => date.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        InstantValue at => at.At.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture),
        MoneyValue money => $"{Number(money.Amount)} {money.Currency}",
        UserValue user => $"user {Number(user.Id)}",
        ItemValue item => $"item {Number(item.TypeId)}:{Number(item.Id)}",
        ListValue list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        _ => "?",
    };

    private static string Number(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}
