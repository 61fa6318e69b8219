using System.Collections.Immutable;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Web.Rest.Protocol.Query;

internal enum RestOperator
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
    /// <summary>Substring without wildcards.</summary>
    Contains,
    NotContains,
    /// <summary>Percent signs in the operand are wildcards.</summary>
    Like,
    NotLike,
    Empty,
    NotEmpty,
}

/// <summary>A parsed filter: terms in groups, independent of SQL.</summary>
internal abstract record RestFilterNode
{
    public static RestFilterGroup Everything { get; } = new(Any: false, []);
}

/// <summary>Members joined by AND, or by OR when <paramref name="Any"/>; a group without members lets everything through.</summary>
internal sealed record RestFilterGroup(bool Any, ImmutableArray<RestFilterNode> Members) : RestFilterNode
{
    public bool Equals(RestFilterGroup? other) => other is not null && Any == other.Any && Members.AsSpan().SequenceEqual(other.Members.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Any, Members.Length);
}

/// <summary>A field (its code) compared with operands of the field's kind: none for Empty, many for In, else one.</summary>
internal sealed record RestFilterTerm(string Field, RestOperator Operator, ImmutableArray<Value> Operands) : RestFilterNode
{
    public bool Equals(RestFilterTerm? other) =>
        other is not null && Field == other.Field && Operator == other.Operator && Operands.AsSpan().SequenceEqual(other.Operands.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Field, Operator, Operands.Length);
}
