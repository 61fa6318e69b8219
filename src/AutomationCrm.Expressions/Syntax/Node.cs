using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Syntax;

/// <summary>A part of a parsed expression; immutable, evaluates itself. No answer means the run has failed.</summary>
internal abstract class Node(int position, int length)
{
    public int Position { get; } = position;

    public int Length { get; } = length;

    /// <summary>How many levels stand below; bounded by <see cref="Budget.DeepestNesting"/>, so recursion is safe.</summary>
    public int Height { get; protected init; } = 1;

    public abstract Value? Evaluate(Run run);
}

/// <summary>Text outside placeholders and formulas, taken as it is.</summary>
internal sealed class PlainNode(int position, string text) : Node(position, text.Length)
{
    private readonly TextValue _value = new(text);

    public string Text => _value.Text;

    public override Value? Evaluate(Run run) => _value;
}

/// <summary>A number or a quoted text inside a formula.</summary>
internal sealed class LiteralNode(int position, int length, Value value) : Node(position, length)
{
    public Value Value { get; } = value;

    public override Value? Evaluate(Run run) => Value;
}
