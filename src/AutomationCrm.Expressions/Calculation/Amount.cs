using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Calculation;

/// <summary>A number with or without a currency: what arithmetic works on. Nothing and the empty text count as zero, as in Bitrix24.</summary>
internal readonly record struct Amount(decimal Number, string? Currency)
{
    public Value ToValue() => Currency is null ? new NumberValue(Number) : new MoneyValue(Number, Currency);

    public static Amount? Read(Value value, Node node, Run run)
    {
        if (TryRead(value, run.Context) is { } amount) return amount;
        if (value is TextValue text) run.Fail(FailureCodes.NotANumber, node, text.Text);
        else run.Fail(FailureCodes.WrongOperand, node, "arithmetic", ValueKinds.Name(value));
        return null;
    }

    public static Amount? TryRead(Value value, EvaluationContext context) => value switch
    {
        NumberValue number => new Amount(number.Number, null),
        MoneyValue money => new Amount(money.Amount, money.Currency),
        NullValue => new Amount(0, null),
        BoolValue flag => new Amount(flag.Flag ? 1 : 0, null),
        TextValue text => TryRead(text.Text, context),
        ListValue { Items: [var single] } and not { Items: [ListValue] } => TryRead(single, context),
        _ => null,
    };

    private static Amount? TryRead(string text, EvaluationContext context)
    {
        if (ValueReader.TryNumber(text, context.Culture, out var number)) return new Amount(number, null);
        if (ValueReader.TryMoney(text, context.Culture) is { } money) return new Amount(money.Amount, money.Currency);
        return string.IsNullOrWhiteSpace(text) ? new Amount(0, null) : null;
    }
}
