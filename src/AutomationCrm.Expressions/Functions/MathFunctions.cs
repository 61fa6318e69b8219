using System.Globalization;
using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Functions;

internal static class MathFunctions
{
    private const int MostDigits = 28;

    public static Function[] All { get; } =
    [
        Function.Of("abs", FunctionGroup.Math, 1, 1, ["number"], arguments => Shape(arguments, Math.Abs)),
        Function.Of("ceil", FunctionGroup.Math, 1, 1, ["number"], arguments => Shape(arguments, Math.Ceiling)),
        Function.Of("floor", FunctionGroup.Math, 1, 1, ["number"], arguments => Shape(arguments, Math.Floor)),
        Function.Of("round", FunctionGroup.Math, 1, 2, ["number", "digits"], Round),
        Function.Of("intval", FunctionGroup.Math, 1, 1, ["value"], arguments => Value.Of(decimal.Truncate(Leading(arguments[0], arguments.Context)))),
        Function.Of("floatval", FunctionGroup.Math, 1, 1, ["value"], arguments => Value.Of(Leading(arguments[0], arguments.Context))),
        Function.Of("min", FunctionGroup.Math, 1, Function.Many, ["value"], arguments => Extreme(arguments, Relation.Less)),
        Function.Of("max", FunctionGroup.Math, 1, Function.Many, ["value"], arguments => Extreme(arguments, Relation.Greater)),
        Function.Of("rand", FunctionGroup.Math, 0, 2, ["least", "most"], Rand),
    ];

    private static Value? Shape(Arguments arguments, Func<decimal, decimal> shape) =>
        Amount.Read(arguments[0], arguments.Node(0), arguments.Run) is { } amount ? (amount with { Number = shape(amount.Number) }).ToValue() : null;

    private static Value? Round(Arguments arguments)
    {
        if (Amount.Read(arguments[0], arguments.Node(0), arguments.Run) is not { } amount) return null;
        if (arguments.Whole(1, -MostDigits, MostDigits, otherwise: 0) is not { } digits) return null;
        return (amount with { Number = Rounded(amount.Number, digits) }).ToValue();
    }

    private static decimal Rounded(decimal number, int digits)
    {
        if (digits >= 0) return Math.Round(number, digits, MidpointRounding.AwayFromZero);
        var unit = Powers.Raise(10, -digits)!.Value;
        var rounded = Math.Round(number / unit, MidpointRounding.AwayFromZero);
        // The largest numbers round up to what no longer fits; they stay as they are.
        return Math.Abs(rounded) <= decimal.MaxValue / unit ? rounded * unit : number;
    }

    /// <summary>The number a text begins with, as in Bitrix24: "12 pcs" is 12, "pcs" is 0.</summary>
    private static decimal Leading(Value value, EvaluationContext context)
    {
        if (Amount.TryRead(value, context) is { } amount) return amount.Number;
        if (value is not TextValue { Text: var text }) return ValueKinds.IsTrue(value) ? 1 : 0;
        var start = text.AsSpan().TrimStart();
        var length = 0;
        while (length < start.Length && length < 40 && (char.IsAsciiDigit(start[length]) || start[length] == '.' || (length == 0 && start[0] is '-' or '+'))) length++;
        for (; length > 0; length--)
        {
            if (decimal.TryParse(start[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
        }

        return 0;
    }

    private static Value? Extreme(Arguments arguments, Relation wanted)
    {
        Value? best = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            var items = Comparison.Items(arguments[i]);
            if (!arguments.Run.Step(arguments.Call, items.Length)) return null;
            foreach (var item in items)
            {
                if (best is null)
                {
                    best = item;
                    continue;
                }

                var relation = item is ListValue || best is ListValue ? Relation.Incomparable : Order.Of(item, best, arguments.Context);
                if (relation is Relation.Incomparable or Relation.NoRate)
                    return arguments.Run.Fail(FailureCodes.Incomparable, arguments.Node(i), ValueKinds.Name(item), ValueKinds.Name(best));
                if (relation == wanted) best = item;
            }
        }

        return best;
    }

    private static Value? Rand(Arguments arguments)
    {
        if (arguments.Whole(0, int.MinValue, int.MaxValue, otherwise: 0) is not { } least) return null;
        if (arguments.Whole(1, int.MinValue, int.MaxValue, otherwise: int.MaxValue) is not { } most) return null;
        if (most < least) return arguments.Fail("the least value is greater than the most");
        return Value.Of((decimal)((long)least + (long)arguments.Run.Random.Below((ulong)((long)most - least + 1))));
    }
}
