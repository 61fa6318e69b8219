using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Rest.Protocol.Query;

namespace AutomationCrm.Web.Rest.Binding;

/// <summary>The order of rows in memory; without terms they stay as they are.</summary>
internal sealed class RowOrder<TRow>(IReadOnlyList<RestOrder> order, Func<TRow, string, Value> read) : IComparer<TRow>
{
    public int Compare(TRow? x, TRow? y)
    {
        foreach (var term in order)
        {
            var sign = RowOrder.Compare(read(x!, term.Field), read(y!, term.Field));
            if (sign != 0) return term.Descending ? -sign : sign;
        }

        return 0;
    }
}

internal static class RowOrder
{
    /// <summary>Values of one field; those that are empty come first.</summary>
    public static int Compare(Value left, Value right) => (left, right) switch
    {
        (NumberValue a, NumberValue b) => a.Number.CompareTo(b.Number),
        (BoolValue a, BoolValue b) => a.Flag.CompareTo(b.Flag),
        (TextValue a, TextValue b) => string.Compare(a.Text, b.Text, StringComparison.OrdinalIgnoreCase),
        (InstantValue a, InstantValue b) => a.At.CompareTo(b.At),
        (UserValue a, UserValue b) => a.Id.CompareTo(b.Id),
        _ => right.IsEmpty.CompareTo(left.IsEmpty),
    };
}
