using System.Collections.Immutable;
using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Syntax;

/// <summary>Priorities of the binary operators, low to high (Bitrix24's calculator).</summary>
internal enum Priority
{
    Comparison,
    Concatenation,
    Sum,
    Product,
    Power,
}

internal sealed record Link(string Operator, Node Operand, int Position);

/// <summary>Operators of one priority in a row, applied from the left; flat, so that a long row is not a deep tree.</summary>
internal sealed class ChainNode : Node
{
    public ChainNode(Priority priority, Node first, ImmutableArray<Link> links)
        : base(first.Position, links[^1].Operand.Position + links[^1].Operand.Length - first.Position)
    {
        (Priority, First, Links) = (priority, first, links);
        Height = 1 + Math.Max(first.Height, links.Max(link => link.Operand.Height));
    }

    public Priority Priority { get; }

    public Node First { get; }

    public ImmutableArray<Link> Links { get; }

    public override Value? Evaluate(Run run)
    {
        if (Priority == Priority.Concatenation) return Concatenation.Of(this, run);
        var result = First.Evaluate(run);
        foreach (var link in Links)
        {
            if (result is null || !run.Step(link.Position)) return null;
            var operand = link.Operand.Evaluate(run);
            if (operand is null) return null;
            result = Operators.Apply(link, result, operand, run);
        }

        return result;
    }
}

internal sealed class SignNode : Node
{
    public SignNode(int position, int length, bool negative, Node operand)
        : base(position, length) =>
        (IsNegative, Operand, Height) = (negative, operand, operand.Height + 1);

    public bool IsNegative { get; }

    public Node Operand { get; }

    public override Value? Evaluate(Run run)
    {
        if (!run.Step(this) || Operand.Evaluate(run) is not { } value || Amount.Read(value, Operand, run) is not { } amount) return null;
        return (IsNegative ? amount with { Number = -amount.Number } : amount).ToValue();
    }
}

internal sealed class PercentNode : Node
{
    public PercentNode(int position, int length, Node operand)
        : base(position, length) =>
        (Operand, Height) = (operand, operand.Height + 1);

    public Node Operand { get; }

    public override Value? Evaluate(Run run)
    {
        if (!run.Step(this) || Operand.Evaluate(run) is not { } value || Amount.Read(value, Operand, run) is not { } amount) return null;
        return (amount with { Number = amount.Number / 100 }).ToValue();
    }
}
