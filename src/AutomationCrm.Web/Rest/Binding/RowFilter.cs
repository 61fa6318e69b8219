using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Query;

namespace AutomationCrm.Web.Rest.Binding;

/// <summary>Filters over rows in memory, for lists that are small and configured; the same rules as in SQL.</summary>
internal static class RowFilter
{
    public static bool Matches(RestFilterNode node, Func<string, Value> read) => node switch
    {
        RestFilterGroup { Any: true, Members.Length: > 0 } any => any.Members.Any(m => Matches(m, read)),
        RestFilterGroup all => all.Members.All(m => Matches(m, read)),
        RestFilterTerm term => Matches(term, read(term.Field)),
        _ => false,
    };

    private static bool Matches(RestFilterTerm term, Value value) => term.Operator switch
    {
        RestOperator.Empty => value.IsEmpty,
        RestOperator.NotEmpty => !value.IsEmpty,
        RestOperator.In => term.Operands.Contains(value),
        RestOperator.NotIn => !term.Operands.Contains(value),
        RestOperator.Equal => value == term.Operands[0],
        RestOperator.NotEqual => value != term.Operands[0],
        RestOperator.Contains => Contains(value, term),
        RestOperator.NotContains => !Contains(value, term),
        RestOperator.Like => Like(value, term),
        RestOperator.NotLike => !Like(value, term),
        _ => !value.IsEmpty && Compares(term.Operator, RowOrder.Compare(value, term.Operands[0])),
    };

    private static bool Compares(RestOperator op, int sign) => op switch
    {
        RestOperator.Greater => sign > 0,
        RestOperator.GreaterOrEqual => sign >= 0,
        RestOperator.Less => sign < 0,
        _ => sign <= 0,
    };

    private static bool Contains(Value value, RestFilterTerm term) => Text(value).Contains(Text(term.Operands[0]), StringComparison.OrdinalIgnoreCase);

    // The parts between the percent signs must follow each other; the outer ones are anchored.
    private static bool Like(Value value, RestFilterTerm term)
    {
        var text = Text(value).AsSpan();
        var parts = Text(term.Operands[0]).Split('%');
        if (parts.Length == 1) return text.Equals(parts[0], StringComparison.OrdinalIgnoreCase);
        if (!text.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)) return false;
        text = text[parts[0].Length..];
        foreach (var part in parts[1..^1])
        {
            var at = text.IndexOf(part, StringComparison.OrdinalIgnoreCase);
            if (at < 0) return false;
            text = text[(at + part.Length)..];
        }

        return text.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase);
    }

    private static string Text(Value value) => value is TextValue text ? text.Text : "";
}
