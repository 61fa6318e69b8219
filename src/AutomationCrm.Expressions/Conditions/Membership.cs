using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>Contains, in a list, starts with. An empty value is in no text and contained in none, so a missing setting never matches everything.</summary>
internal static class Membership
{
    public static Verdict Contains(Value left, Value right, EvaluationContext context)
    {
        if (right.IsEmpty) return Verdict.Of(false);
        foreach (var wanted in Comparison.Items(right))
        {
            var found = left is TextValue text
                ? IsPart(Text(wanted, context), text.Text)
                : left is not NullValue && IsAmong(wanted, left, context);
            if (!found) return Verdict.Of(false);
        }

        return Verdict.Of(true);
    }

    public static Verdict In(Value left, Value right, EvaluationContext context)
    {
        foreach (var value in Comparison.Items(left))
        {
            var found = right is TextValue text ? IsPart(Text(value, context), text.Text) : IsAmong(value, right, context);
            if (!found) return Verdict.Of(false);
        }

        return Verdict.Of(true);
    }

    public static Verdict StartsWith(Value left, Value right, EvaluationContext context)
    {
        if (left is ListValue || right is ListValue)
            return Comparison.Fail(FailureCodes.Incomparable, ValueKinds.Name(left), ValueKinds.Name(right));
        var start = Text(right, context);
        return Verdict.Of(start.Length > 0 && Text(left, context).StartsWith(start, StringComparison.Ordinal));
    }

    private static bool IsPart(string part, string text) => part.Length > 0 && text.Contains(part, StringComparison.Ordinal);

    private static bool IsAmong(Value value, Value list, EvaluationContext context)
    {
        foreach (var item in Comparison.Items(list))
        {
            if (item is ListValue || value is ListValue) continue;
            // Nothing is among the values only when nothing stands among them, not because zero does.
            if (value.IsEmpty != item.IsEmpty) continue;
            if (Order.Of(item, value, context) == Relation.Equal) return true;
        }

        return false;
    }

    private static string Text(Value value, EvaluationContext context) => ValueText.Plain(value, context);
}
