using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Infrastructure.Persistence.Items;

/// <summary>A filter and a scope as an SQL condition on item <c>i</c>: constants of ours and parameters, nothing else.</summary>
internal sealed class FilterSql(ItemType type, ItemScope scope, SqlParameters parameters)
{
    private const int DeepestNesting = 16;
    private const int MostNodes = 200;

    private int nodes;

    /// <summary>Type, rights and filter.</summary>
    public string Where(FilterNode? filter)
    {
        var right = ScopeSql.Of(scope, parameters, "i");
        var wanted = filter is null ? "true" : Node(filter, 0);
        return $"i.type_id = {ScopeSql.Constant(type.Id)} and {right} and {wanted}";
    }

    private string Node(FilterNode node, int depth)
    {
        if (depth > DeepestNesting || ++nodes > MostNodes) throw new RuleBrokenException("filter.size", "The filter is too large.", "filter");
        return node switch
        {
            AllNode { Members.Length: > 0 } all => $"({string.Join(" and ", all.Members.Select(m => Node(m, depth + 1)))})",
            AnyNode { Members.Length: > 0 } any => $"({string.Join(" or ", any.Members.Select(m => Node(m, depth + 1)))})",
            AllNode or AnyNode => "true",
            NotNode not => $"(({Node(not.Inner, depth + 1)}) is not true)",
            SearchNode search => SearchSql.Condition(type, search.Text, scope, parameters),
            CompareNode compare => Compare(compare),
            _ => throw new InvalidOperationException($"Filter node {node.GetType().Name} is not known."),
        };
    }

    private string Compare(CompareNode compare)
    {
        var field = FieldSql.Of(type, compare.Field);
        var (op, operands) = Normal(compare);
        return op switch
        {
            FilterOp.NotEqual => Opposite(Positive(field, FilterOp.Equal, operands)),
            FilterOp.NotIn => Opposite(Positive(field, FilterOp.In, operands)),
            FilterOp.NotContains => Opposite(Positive(field, FilterOp.Contains, operands)),
            FilterOp.NotLike => Opposite(Positive(field, FilterOp.Like, operands)),
            FilterOp.NotEmpty => Opposite(Positive(field, FilterOp.Empty, operands)),
            _ => Positive(field, op, operands),
        };
    }

    // Equal to nothing is a question for emptiness; nothing is greater or less than nothing.
    private static (FilterOp Op, IReadOnlyList<Value> Operands) Normal(CompareNode compare)
    {
        var filled = compare.Operands.Where(o => !o.IsEmpty).ToList();
        return (compare.Op, compare.Operands.Length, filled.Count) switch
        {
            (FilterOp.In or FilterOp.NotIn or FilterOp.Empty or FilterOp.NotEmpty, _, _) => (compare.Op, filled),
            (FilterOp.Equal, _, > 1) => (FilterOp.In, filled),
            (FilterOp.NotEqual, _, > 1) => (FilterOp.NotIn, filled),
            (_, _, 1) => (compare.Op, filled),
            (FilterOp.Equal, 1, 0) => (FilterOp.Empty, filled),
            (FilterOp.NotEqual, 1, 0) => (FilterOp.NotEmpty, filled),
            (FilterOp.NotContains or FilterOp.NotLike, 1, 0) => (FilterOp.NotIn, filled),
            (_, 1, 0) => (FilterOp.In, filled),
            _ => throw new RuleBrokenException("filter.value", $"The field {compare.Field} is compared with one value.", compare.Field),
        };
    }

    private static string Opposite(string condition) => $"({condition} is not true)";

    private string Positive(FieldSql field, FilterOp op, IReadOnlyList<Value> operands)
    {
        if (op == FilterOp.In && operands.Count == 0) return "false";
        if (field.Many) return Among(field, op, operands);
        return op == FilterOp.Empty ? Empty(field) : One(field, op, operands);
    }

    private static string Empty(FieldSql field) => field.Kind switch
    {
        OperandKind.Text => $"({field.Expression} is null or {field.Expression} = '')",
        OperandKind.Flag => $"(not {field.Expression})",
        _ => $"({field.Expression} is null)",
    };

    private string Among(FieldSql field, FilterOp op, IReadOnlyList<Value> operands) =>
        op == FilterOp.Empty
            ? $"(not exists (select 1 from {field.Elements}))"
            : $"(exists (select 1 from {field.Elements} where {One(field, op, operands)}))";

    private string One(FieldSql field, FilterOp op, IReadOnlyList<Value> operands) => op switch
    {
        FilterOp.Equal => $"({field.Expression} = {Operands.One(parameters, field, operands[0])})",
        FilterOp.Less => $"({field.Expression} < {Operands.One(parameters, field, operands[0])})",
        FilterOp.LessOrEqual => $"({field.Expression} <= {Operands.One(parameters, field, operands[0])})",
        FilterOp.Greater => $"({field.Expression} > {Operands.One(parameters, field, operands[0])})",
        FilterOp.GreaterOrEqual => $"({field.Expression} >= {Operands.One(parameters, field, operands[0])})",
        FilterOp.In => $"({field.Expression} = any({Operands.Many(parameters, field, operands)}))",
        FilterOp.Contains => Matches(field, $"%{Escaped(Operands.Pattern(field.Field, operands[0])).Replace("%", "\\%", StringComparison.Ordinal)}%"),
        FilterOp.Like => Matches(field, Escaped(Operands.Pattern(field.Field, operands[0]))),
        _ => throw new InvalidOperationException($"Operator {op} is not known."),
    };

    private string Matches(FieldSql field, string pattern) => $"(({field.Expression})::text ilike {parameters.Text(pattern)})";

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
