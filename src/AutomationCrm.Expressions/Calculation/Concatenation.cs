using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Calculation;

internal static class Concatenation
{
    /// <summary>All parts first, one charge, one text.</summary>
    public static Value? Of(ChainNode chain, Run run)
    {
        var texts = new string[chain.Links.Length + 1];
        long total = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            var part = i == 0 ? chain.First : chain.Links[i - 1].Operand;
            if (!run.Step(part) || TextOf(part, run) is not { } text) return null;
            texts[i] = text;
            total += text.Length;
        }

        return run.Grow(total, chain) ? Value.Of(string.Concat(texts)) : null;
    }

    private static string? TextOf(Node part, Run run)
    {
        if (part is ReferenceNode reference) return reference.EvaluateText(run);
        return part.Evaluate(run) is { } value ? run.Text(value, part) : null;
    }
}
