using System.Collections.Immutable;
using System.Globalization;
using System.Linq.Expressions;
using AutomationCrm.Domain.Common;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Crm.Query;

/// <summary>The same filter tree over rows of histories: fields by name, comparisons and lists. What a field does not offer is refused by name.</summary>
internal sealed class RowFilter<TRow>
{
    private readonly Dictionary<string, LambdaExpression> fields = new(StringComparer.Ordinal);
    private readonly ParameterExpression row = Expression.Parameter(typeof(TRow), "row");

    public RowFilter<TRow> Field<T>(string code, Expression<Func<TRow, T>> column)
    {
        fields[code] = column;
        return this;
    }

    public IQueryable<TRow> Apply(IQueryable<TRow> rows, FilterNode? filter) =>
        filter is null ? rows : rows.Where(Expression.Lambda<Func<TRow, bool>>(Node(filter), row));

    /// <summary>Ends with <paramref name="last"/>, which makes every order stable.</summary>
    public IQueryable<TRow> Sort(IQueryable<TRow> rows, IReadOnlyList<ItemOrder> order, string last)
    {
        var sorted = rows;
        var first = true;
        foreach (var term in order.Any(o => o.Field == last) ? order : [.. order, new ItemOrder(last)])
        {
            var column = Find(term.Field);
            var method = (first, term.Descending) switch { (true, false) => "OrderBy", (true, true) => "OrderByDescending", (false, false) => "ThenBy", _ => "ThenByDescending" };
            sorted = sorted.Provider.CreateQuery<TRow>(Expression.Call(typeof(Queryable), method, [typeof(TRow), column.ReturnType], sorted.Expression, Expression.Quote(column)));
            first = false;
        }

        return sorted;
    }

    private Expression Node(FilterNode node) => node switch
    {
        AllNode all => all.Members.Select(Node).DefaultIfEmpty(Expression.Constant(true)).Aggregate(Expression.AndAlso),
        AnyNode any => any.Members.Select(Node).DefaultIfEmpty(Expression.Constant(true)).Aggregate(Expression.OrElse),
        NotNode not => Expression.Not(Node(not.Inner)),
        CompareNode compare => Compare(compare),
        _ => throw new RuleBrokenException("filter.value", "This list cannot be searched by text.", "filter"),
    };

    private Expression Compare(CompareNode compare)
    {
        var lambda = Find(compare.Field);
        var column = new Replace(lambda.Parameters[0], row).Visit(lambda.Body)!;
        var values = compare.Operands.Where(o => !o.IsEmpty).Select(o => Operand(compare.Field, column.Type, o)).ToImmutableArray();
        return compare.Op switch
        {
            FilterOp.Equal or FilterOp.In => OneOf(column, values),
            FilterOp.NotEqual or FilterOp.NotIn => Expression.Not(OneOf(column, values)),
            // None of the columns is ever empty.
            FilterOp.Empty => Expression.Constant(false),
            FilterOp.NotEmpty => Expression.Constant(true),
            FilterOp.Less or FilterOp.LessOrEqual or FilterOp.Greater or FilterOp.GreaterOrEqual when values.Length == 0 => Expression.Constant(false),
            FilterOp.Less => Expression.LessThan(column, Comparable(compare, column, values[0])),
            FilterOp.LessOrEqual => Expression.LessThanOrEqual(column, Comparable(compare, column, values[0])),
            FilterOp.Greater => Expression.GreaterThan(column, Comparable(compare, column, values[0])),
            FilterOp.GreaterOrEqual => Expression.GreaterThanOrEqual(column, Comparable(compare, column, values[0])),
            _ => throw Wrong(compare.Field),
        };
    }

    private static Expression OneOf(Expression column, ImmutableArray<Expression> values) =>
        values.Select(v => (Expression)Expression.Equal(column, v)).DefaultIfEmpty(Expression.Constant(false)).Aggregate(Expression.OrElse);

    private static Expression Comparable(CompareNode compare, Expression column, Expression value) => column.Type == typeof(string) ? throw Wrong(compare.Field) : value;

    // A member of a holder becomes a parameter of the statement; a bare constant would make a new statement each time.
    private static Expression Operand(string field, Type type, Value value)
    {
        object? read = (Type.GetTypeCode(type), value) switch
        {
            (TypeCode.Int64, NumberValue n) when decimal.Truncate(n.Number) == n.Number => (long)n.Number,
            (TypeCode.Int64, UserValue u) => u.Id,
            (TypeCode.Int64, TextValue t) when long.TryParse(t.Text, CultureInfo.InvariantCulture, out var id) => id,
            (TypeCode.Int32, NumberValue { Number: > int.MinValue and < int.MaxValue } n) => (int)n.Number,
            (TypeCode.Int32, TextValue t) when int.TryParse(t.Text, CultureInfo.InvariantCulture, out var number) => number,
            (TypeCode.Int16, NumberValue { Number: > short.MinValue and < short.MaxValue } n) => (short)n.Number,
            (TypeCode.Int16, TextValue t) when short.TryParse(t.Text, CultureInfo.InvariantCulture, out var number) => number,
            (TypeCode.Boolean, BoolValue flag) => flag.Flag,
            (TypeCode.String, TextValue t) => t.Text,
            (TypeCode.Char, TextValue { Text: [var letter] }) => letter,
            (TypeCode.Object, InstantValue at) => at.At,
            (TypeCode.Object, DateValue day) => new DateTimeOffset(day.Day, default, TimeSpan.Zero),
            _ => null,
        };
        if (read is null) throw Wrong(field);

        var holder = Activator.CreateInstance(typeof(Holder<>).MakeGenericType(typeof(TRow), type), read)!;
        return Expression.Field(Expression.Constant(holder), "Value");
    }

    private LambdaExpression Find(string code) =>
        fields.GetValueOrDefault(code) ?? throw new RuleBrokenException("field.unknown", $"There is no field {code}.", code);

    private static RuleBrokenException Wrong(string field) => new("filter.value", $"The field {field} cannot be compared with this value.", field);

    private sealed class Holder<T>(T value)
    {
        public readonly T Value = value;
    }

    private sealed class Replace(Expression from, Expression to) : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node) => node == from ? to : base.Visit(node);
    }
}
