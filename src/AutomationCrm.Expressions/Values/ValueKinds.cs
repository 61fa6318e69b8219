namespace AutomationCrm.Expressions.Values;

internal static class ValueKinds
{
    /// <summary>What a value is called in a message.</summary>
    public static string Name(Value value) => value switch
    {
        NullValue => "nothing",
        BoolValue => "yes/no",
        NumberValue => "a number",
        TextValue text => $"'{(text.Text.Length <= 40 ? text.Text : string.Concat(text.Text.AsSpan(0, 40), "…"))}'",
        DateValue => "a date",
        InstantValue => "a date and time",
        MoneyValue => "money",
        UserValue => "a person",
        ItemValue => "an item",
        _ => "a list",
    };

    /// <summary>Nothing, no, zero, the texts "" and "0" and the empty list are false; everything else is true.</summary>
    public static bool IsTrue(Value value) => value switch
    {
        BoolValue flag => flag.Flag,
        NumberValue number => number.Number != 0,
        TextValue text => text.Text is not ("" or "0"),
        MoneyValue money => money.Amount != 0,
        NullValue => false,
        ListValue list => !list.IsEmpty,
        _ => true,
    };
}
