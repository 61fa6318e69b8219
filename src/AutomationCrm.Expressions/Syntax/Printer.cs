using System.Globalization;
using System.Text;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Syntax;

/// <summary>Writes a tree as text that reads back as the same tree, with brackets only where they are needed.</summary>
internal static class Printer
{
    public static string Print(Node root)
    {
        var text = new StringBuilder();
        switch (root)
        {
            case PlainNode plain:
                return plain.Text;
            case ReferenceNode reference:
                Append(text, reference);
                break;
            case TextNode parts:
                foreach (var part in parts.Parts) AppendPart(text, part);
                break;
            default:
                text.Append("= ");
                Append(text, root);
                break;
        }

        return text.ToString();
    }

    private static void AppendPart(StringBuilder text, Node part)
    {
        switch (part)
        {
            case PlainNode plain:
                text.Append(plain.Text);
                break;
            case ReferenceNode reference:
                Append(text, reference);
                break;
            default:
                text.Append(TemplateParser.FormulaOpening).Append(' ');
                Append(text, part);
                text.Append(" }}");
                break;
        }
    }

    private static void Append(StringBuilder text, Node node)
    {
        switch (node)
        {
            case LiteralNode { Value: TextValue literal }:
                AppendQuoted(text, literal.Text);
                break;
            case LiteralNode { Value: NumberValue number }:
                text.Append(number.Number.ToString(CultureInfo.InvariantCulture));
                break;
            case ReferenceNode reference:
                Append(text, reference);
                break;
            case ChainNode chain:
                AppendChain(text, chain);
                break;
            case SignNode sign:
                text.Append(sign.IsNegative ? '-' : '+');
                AppendOperand(text, sign.Operand, sign.Operand is ChainNode or PercentNode);
                break;
            case PercentNode percent:
                AppendOperand(text, percent.Operand, percent.Operand is ChainNode);
                text.Append('%');
                break;
            case CallNode call:
                AppendCall(text, call);
                break;
        }
    }

    private static void Append(StringBuilder text, ReferenceNode reference)
    {
        text.Append(PlaceholderParser.Opening).Append(reference.Path);
        var modifiers = new[] { reference.Type, reference.Format }.OfType<string>().ToArray();
        if (modifiers.Length > 0) text.Append(" > ").AppendJoin(", ", modifiers);
        text.Append('}');
    }

    private static void AppendQuoted(StringBuilder text, string literal)
    {
        var quote = literal.Contains('"', StringComparison.Ordinal) && !literal.Contains('\'', StringComparison.Ordinal) ? '\'' : '"';
        text.Append(quote).Append(literal.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal)).Append(quote);
    }

    private static void AppendChain(StringBuilder text, ChainNode chain)
    {
        AppendOperand(text, chain.First, IsLooser(chain.First, chain));
        foreach (var link in chain.Links)
        {
            text.Append(' ').Append(link.Operator).Append(' ');
            AppendOperand(text, link.Operand, IsLooser(link.Operand, chain));
        }
    }

    private static bool IsLooser(Node operand, ChainNode chain) => operand is ChainNode inner && inner.Priority <= chain.Priority;

    private static void AppendOperand(StringBuilder text, Node operand, bool bracketed)
    {
        if (bracketed) text.Append('(');
        Append(text, operand);
        if (bracketed) text.Append(')');
    }

    private static void AppendCall(StringBuilder text, CallNode call)
    {
        text.Append(call.Function.Name);
        if (call.Function.IsWord) return;
        text.Append('(');
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            if (i > 0) text.Append(", ");
            Append(text, call.Arguments[i]);
        }

        text.Append(')');
    }
}
