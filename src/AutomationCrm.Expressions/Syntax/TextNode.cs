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

    public static string? TextOf(Node part, Run run)
    {
        if (part is PlainNode plain) return plain.Text;
        var text = part is ReferenceNode reference ? reference.EvaluateText(run) : part.Evaluate(run) is { } value ? run.Text(value, part) : null;
        return text is null || run.Context.Encode is not { } encode ? text : Encoded(text, encode, part, run);
    }

    // Charged before and after: encoding may make a text several times longer.
    private static string? Encoded(string text, Func<string, string> encode, Node part, Run run)
    {
        if (!run.Grow(text.Length, part)) return null;
        var encoded = encode(text);
        return run.Grow(Math.Max(0, encoded.Length - text.Length), part) ? encoded : null;
    }
}
