using System.Collections.Immutable;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Crm.Query;

/// <summary>How a field is compared. A field without a value never equals, and always differs from, a value.</summary>
public enum FilterOp
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,

    /// <summary>One of the operands; without operands nothing matches.</summary>
    In,

    /// <summary>None of the operands; without operands everything matches.</summary>
    NotIn,

    /// <summary>Substring without wildcards, case does not matter.</summary>
    Contains,
    NotContains,

    /// <summary>Percent signs in the operand are wildcards, case does not matter.</summary>
    Like,
    NotLike,
    Empty,
    NotEmpty,
}

/// <summary>A filter of items as a tree, independent of SQL (contract C5).</summary>
public abstract record FilterNode
{
    private protected FilterNode()
    {
    }

    /// <summary>All members hold; without members everything matches.</summary>
    public static FilterNode All(params IEnumerable<FilterNode> members) => new AllNode([.. members]);

    /// <summary>At least one member holds; without members everything matches.</summary>
    public static FilterNode Any(params IEnumerable<FilterNode> members) => new AnyNode([.. members]);

    public static FilterNode Not(FilterNode inner) => new NotNode(inner);

    /// <param name="field">The field's code.</param>
    public static FilterNode Compare(string field, FilterOp op, params IEnumerable<Value> operands) => new CompareNode(field, op, [.. operands]);

    /// <summary>What a person types into a search box: title, number, client, phone digits, e-mail; every word must be found.</summary>
    public static FilterNode Search(string text) => new SearchNode(text);
}

public sealed record AllNode(ImmutableArray<FilterNode> Members) : FilterNode;

public sealed record AnyNode(ImmutableArray<FilterNode> Members) : FilterNode;

public sealed record NotNode(FilterNode Inner) : FilterNode;

/// <summary>A field with several values matches when one of them does; the negative operators are the opposite of their positive ones.</summary>
public sealed record CompareNode(string Field, FilterOp Op, ImmutableArray<Value> Operands) : FilterNode;

public sealed record SearchNode(string Text) : FilterNode;
