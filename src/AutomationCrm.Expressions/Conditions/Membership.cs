using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>Contains, in a list, starts with. An empty value is in no text and contained in none, so a missing setting never matches everything.</summary>
internal static class Membership
{
    public static Verdict Contains(Value left, Value right, EvaluationContext context)
    {
        if (right.IsEmpty || left is NullValue) return Verdict.Of(false);
        foreach (var wanted in Comparison.Items(right))
        {
            var found = left is TextValue text ? Verdict.Of(IsPart(Text(wanted, context), text.Text)) : IsAmong(wanted, left, context);
            if (!found.Holds) return found;
        }

        return Verdict.Of(true);
    }

    /// <summary>A text is looked for inside a given text as well; any other value only among the given values, so that 7 is not in "17".</summary>
    public static Verdict In(Value left, Value right, EvaluationContext context)
    {
        if (right.IsEmpty) return Verdict.Of(false);
        foreach (var value in Comparison.Items(left))
        {
            var found = (value, right) is (TextValue part, TextValue text) ? Verdict.Of(IsPart(part.Text, text.Text)) : IsAmong(value, right, context);
            if (!found.Holds) return found;
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

    // What cannot be compared is no reason to fail while the value is found among the others.
    private static Verdict IsAmong(Value value, Value list, EvaluationContext context)
    {
        Verdict? trouble = null;
        foreach (var item in Comparison.Items(list))
        {
            // Nothing is among the values only when nothing stands among them, not because zero does.
            if (value.IsEmpty != item.IsEmpty) continue;
            var verdict = Comparison.Compare(item, Operator.Equal, value, context);
            if (verdict.Holds) return verdict;
            if (verdict.Failure is not null) trouble ??= verdict;
        }

        return trouble ?? Verdict.Of(false);
    }

    private static string Text(Value value, EvaluationContext context) => ValueText.Plain(value, context);
}
