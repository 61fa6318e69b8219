using System.Collections.Immutable;
using AutomationCrm.Expressions.Calculation;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Syntax;

/// <summary>Text with placeholders and formulas inside; always gives a text.</summary>
internal sealed class TextNode(int length, ImmutableArray<Node> parts) : Node(0, length)
{
    public ImmutableArray<Node> Parts { get; } = parts;

    public override Value? Evaluate(Run run)
    {
        var texts = new string[Parts.Length];
        long total = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            if (TextOf(Parts[i], run) is not { } text) return null;
            texts[i] = text;
            total += text.Length;
        }

        return run.Grow(total, this) ? Value.Of(string.Concat(texts)) : null;
    }

    private static string? TextOf(Node part, Run run) => part switch
    {
        PlainNode plain => plain.Text,
        ReferenceNode reference => reference.EvaluateText(run),
        _ => part.Evaluate(run) is { } value ? run.Text(value, part, run.Context.TimeZone) : null,
    };
}
