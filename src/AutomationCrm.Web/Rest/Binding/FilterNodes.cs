using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Web.Rest.Protocol.Query;

namespace AutomationCrm.Web.Rest.Binding;

/// <summary>A parsed filter as the query of items wants it.</summary>
internal static class FilterNodes
{
    public static FilterNode Of(RestFilterNode node) => node switch
    {
        RestFilterGroup { Any: true } any => FilterNode.Any(any.Members.Select(Of)),
        RestFilterGroup all => FilterNode.All(all.Members.Select(Of)),
        RestFilterTerm term => FilterNode.Compare(term.Field, Of(term.Operator), term.Operands),
        _ => throw new InvalidOperationException($"Filter node {node.GetType().Name} is not known."),
    };

    private static FilterOp Of(RestOperator op) => op switch
    {
        RestOperator.Equal => FilterOp.Equal,
        RestOperator.NotEqual => FilterOp.NotEqual,
        RestOperator.Less => FilterOp.Less,
        RestOperator.LessOrEqual => FilterOp.LessOrEqual,
        RestOperator.Greater => FilterOp.Greater,
        RestOperator.GreaterOrEqual => FilterOp.GreaterOrEqual,
        RestOperator.In => FilterOp.In,
        RestOperator.NotIn => FilterOp.NotIn,
        RestOperator.Contains => FilterOp.Contains,
        RestOperator.NotContains => FilterOp.NotContains,
        RestOperator.Like => FilterOp.Like,
        RestOperator.NotLike => FilterOp.NotLike,
        RestOperator.Empty => FilterOp.Empty,
        _ => FilterOp.NotEmpty,
    };
}
