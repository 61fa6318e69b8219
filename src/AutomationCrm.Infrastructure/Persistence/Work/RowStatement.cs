namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>
/// A statement over rows that travel as one array a column, <c>$1</c> to <c>$n</c>. Its text names them <c>%ROWS%</c> and their number
/// <c>%COUNT%</c>. A single row, which is what most commands of people and programs write, travels as plain values: a set-returning function
/// keeps a store for every column, and 24 of them cost more than the insert.
/// </summary>
/// <param name="planned">For updates: the sub-select hides the length of the array from the planner, which would else find the plan for one length cheaper than the general one every time and plan anew at each execution.</param>
/// <param name="numbered">Adds the row's number, counted from 1, as the last column.</param>
internal sealed class RowStatement(string sql, int columns, bool planned = false, bool numbered = false)
{
    private readonly string one = Text(sql, $"(select {List(columns, n => $"${n}")}{(numbered ? ", 1::bigint" : "")})", "1::bigint");

    private readonly string many = Text(sql, $"unnest({List(columns, n => planned && n == 1 ? "(select $1)" : $"${n}")}){(numbered ? " with ordinality" : "")}", "cardinality($1)::bigint");

    public string For(int rows) => rows == 1 ? one : many;

    private static string Text(string sql, string rows, string count) => sql.Replace("%ROWS%", rows, StringComparison.Ordinal).Replace("%COUNT%", count, StringComparison.Ordinal);

    private static string List(int columns, Func<int, string> column) => string.Join(", ", Enumerable.Range(1, columns).Select(column));
}
