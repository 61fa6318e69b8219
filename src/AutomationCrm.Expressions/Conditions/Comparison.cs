using System.Collections.Immutable;
using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>Typed comparison of two values with Bitrix24's meaning; what cannot be compared is a failure, never a match.</summary>
public static class Comparison
{
    /// <summary><paramref name="code"/> is one of <see cref="OperatorCodes"/>; the right side may be left out where none is needed.</summary>
    public static Verdict Compare(Value left, string code, Value? right, EvaluationContext context) =>
        OperatorCodes.Find(code) is var comparison and not Operator.None
            ? Compare(left, comparison, right, context)
            : Fail(FailureCodes.UnknownOperator, code);

    internal static Verdict Compare(Value left, Operator comparison, Value? right, EvaluationContext context)
    {
        switch (comparison)
        {
            case Operator.Filled: return Verdict.Of(!IsBlank(left));
            case Operator.Empty: return Verdict.Of(IsBlank(left));
            case Operator.Changed: return Fail(FailureCodes.ChangesUnknown, "a value");
        }

        if (IsTooMuch(left, comparison, right, context)) return Fail(FailureCodes.StepBudget, Run.Invariant(context.Budget.Steps));
        if (right is null) return Fail(FailureCodes.MissingValue, OperatorCodes.CodeOf(comparison));
        return comparison switch
        {
            Operator.Contains => Membership.Contains(left, right, context),
            Operator.NotContains => Not(Membership.Contains(left, right, context)),
            Operator.In => Membership.In(left, right, context),
            Operator.NotIn => Not(Membership.In(left, right, context)),
            Operator.StartsWith => Membership.StartsWith(left, right, context),
            Operator.Between => Between(left, right, context),
            Operator.NotEqual => Not(Pairs(left, Operator.Equal, right, context)),
            _ => Pairs(left, comparison, right, context),
        };
    }

    internal static Verdict Fail(string code, params ReadOnlySpan<string> arguments) => Verdict.Of(Failure.Of(code, 0, 0, arguments));

    /// <summary>Null, the empty text, no, and a list of only those; the number 0 is filled.</summary>
    private static bool IsBlank(Value value) => value switch
    {
        NullValue => true,
        TextValue text => text.Text.Length == 0,
        BoolValue flag => !flag.Flag,
        ListValue list => list.Items.All(item => item is NullValue or TextValue { Text: "" } or BoolValue { Flag: false }),
        _ => false,
    };

    // Membership looks at every pair; a hundred comparisons count as one step here, there is no other work beside them.
    private static bool IsTooMuch(Value left, Operator comparison, Value? right, EvaluationContext context)
    {
        if (left is not ListValue && right is not ListValue) return false;
        long a = Items(left).Length;
        long b = right is null ? 1 : Items(right).Length;
        var pairs = comparison is Operator.Contains or Operator.NotContains or Operator.In or Operator.NotIn ? a * b : Math.Max(a, b);
        return pairs > context.Budget.Steps * 100L;
    }

    private static Verdict Not(Verdict verdict) => verdict.Failure is null ? Verdict.Of(!verdict.Holds) : verdict;

    // Several values are compared in pairs, the shorter list repeats its last one, and all pairs must hold.
    private static Verdict Pairs(Value left, Operator comparison, Value right, EvaluationContext context)
    {
        if (left is not ListValue && right is not ListValue) return One(left, comparison, right, context);
        var a = Items(left);
        var b = Items(right);
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            var verdict = One(a[Math.Min(i, a.Length - 1)], comparison, b[Math.Min(i, b.Length - 1)], context);
            if (!verdict.Holds) return verdict;
        }

        return Verdict.Of(true);
    }

    private static Verdict One(Value left, Operator comparison, Value right, EvaluationContext context)
    {
        if (left is ListValue || right is ListValue) return Fail(FailureCodes.Incomparable, ValueKinds.Name(left), ValueKinds.Name(right));
        var relation = Order.Of(left, right, context);
        return relation switch
        {
            Relation.Incomparable => Fail(FailureCodes.Incomparable, ValueKinds.Name(left), ValueKinds.Name(right)),
            Relation.NoRate => Fail(FailureCodes.CurrencyMismatch, CurrencyOf(left), CurrencyOf(right)),
            _ => Verdict.Of(Holds(comparison, relation)),
        };
    }

    private static bool Holds(Operator comparison, Relation relation) => comparison switch
    {
        Operator.Equal => relation == Relation.Equal,
        Operator.Greater => relation == Relation.Greater,
        Operator.GreaterOrEqual => relation is Relation.Greater or Relation.Equal,
        Operator.Less => relation == Relation.Less,
        _ => relation is Relation.Less or Relation.Equal,
    };

    private static Verdict Between(Value left, Value right, EvaluationContext context)
    {
        if (right is not ListValue { Items: [var low, var high] })
            return Fail(FailureCodes.BetweenBounds, Run.Invariant(Items(right).Length));
        var above = Pairs(left, Operator.Greater, low, context);
        return above.Holds ? Pairs(left, Operator.Less, high, context) : above;
    }

    internal static ImmutableArray<Value> Items(Value value) => value switch
    {
        ListValue { IsEmpty: true } => [Value.Null],
        ListValue list => list.Items,
        _ => [value],
    };

    private static string CurrencyOf(Value value) => value is MoneyValue money ? money.Currency : ValueKinds.Name(value);
}
