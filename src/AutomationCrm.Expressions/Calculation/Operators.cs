using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Calculation;

/// <summary>The binary operators of the calculator, except text concatenation.</summary>
internal static class Operators
{
    public static Value? Apply(Link link, Value left, Value right, Run run)
    {
        var comparison = link.Operator switch
        {
            "=" => Operator.Equal,
            "<>" => Operator.NotEqual,
            "<" => Operator.Less,
            "<=" => Operator.LessOrEqual,
            ">" => Operator.Greater,
            ">=" => Operator.GreaterOrEqual,
            _ => Operator.None,
        };
        return comparison == Operator.None ? Arithmetic(link, left, right, run) : Compare(comparison, link, left, right, run);
    }

    private static Value? Compare(Operator comparison, Link link, Value left, Value right, Run run)
    {
        if (!Charge(left, link, run) || !Charge(right, link, run)) return null;
        var verdict = Comparison.Compare(left, comparison, right, run.Context);
        return verdict.Failure is { } failure
            ? run.Fail(failure.Code, link.Position, link.Operator.Length, [.. failure.Arguments])
            : Value.Of(verdict.Holds);
    }

    private static bool Charge(Value value, Link link, Run run) => value is not ListValue list || run.Step(link.Operand, list.Items.Length / 8);

    private static Value? Arithmetic(Link link, Value left, Value right, Run run)
    {
        if (Read(left, link, run) is not { } a || Read(right, link, run) is not { } b) return null;
        if (Currency(link, a, ref b, run) is not { } currency) return null;
        try
        {
            return Number(link, a.Number, b.Number, run) is { } number ? new Amount(number, currency.Length == 0 ? null : currency).ToValue() : null;
        }
        catch (OverflowException)
        {
            return run.Fail(FailureCodes.NumberOverflow, link.Position, link.Operator.Length, $"'{link.Operator}'");
        }
    }

    private static Amount? Read(Value value, Link link, Run run)
    {
        if (Amount.TryRead(value, run.Context) is { } amount) return amount;
        if (value is TextValue text) run.Fail(FailureCodes.NotANumber, link.Position, link.Operator.Length, text.Text);
        else run.Fail(FailureCodes.WrongOperand, link.Position, link.Operator.Length, link.Operator, ValueKinds.Name(value));
        return null;
    }

    private static decimal? Number(Link link, decimal a, decimal b, Run run)
    {
        switch (link.Operator)
        {
            case "+": return a + b;
            case "-": return a - b;
            case "*": return a * b;
            case "/" when b != 0: return a / b;
            case "^" when a != 0 || b >= 0: return Powers.Raise(a, b) ?? Undefined(link, run);
            default:
                run.Fail(FailureCodes.DivisionByZero, link.Position, link.Operator.Length);
                return null;
        }
    }

    private static decimal? Undefined(Link link, Run run)
    {
        run.Fail(FailureCodes.WrongOperand, link.Position, link.Operator.Length, "^", "a negative number with a fraction as the power");
        return null;
    }

    /// <summary>The currency of the result, empty for a plain number; brings the right side into the left side's currency.</summary>
    private static string? Currency(Link link, Amount a, ref Amount b, Run run)
    {
        if (a.Currency is null && b.Currency is null) return "";
        var allowed = link.Operator switch
        {
            "+" or "-" => true,
            "*" => a.Currency is null || b.Currency is null,
            "/" => a.Currency is not null,
            _ => false,
        };
        if (!allowed)
        {
            run.Fail(FailureCodes.WrongOperand, link.Position, link.Operator.Length, link.Operator, "money");
            return null;
        }

        if (a.Currency is null || b.Currency is null) return a.Currency ?? b.Currency;
        if (!Rates.TryConvert(b.Number, b.Currency, a.Currency, run.Context, out var converted))
        {
            run.Fail(FailureCodes.CurrencyMismatch, link.Position, link.Operator.Length, a.Currency, b.Currency);
            return null;
        }

        b = new Amount(converted, a.Currency);
        return link.Operator == "/" ? "" : a.Currency;
    }
}
