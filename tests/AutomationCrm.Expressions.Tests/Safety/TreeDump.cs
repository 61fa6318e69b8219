using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests.Safety;

/// <summary>A tree as brackets, without positions: equal trees have equal dumps.</summary>
internal static class TreeDump
{
    public static string Of(Node? node) => node switch
    {
        null => "none",
        PlainNode plain => $"(plain {plain.Text})",
        LiteralNode literal => $"(literal {Dump.Of(literal.Value)} {literal.Value.GetType().Name})",
        ReferenceNode reference => $"(reference {reference.Path} {reference.Type} {reference.Format})",
        SignNode sign => $"({(sign.IsNegative ? "minus" : "plus")} {Of(sign.Operand)})",
        PercentNode percent => $"(percent {Of(percent.Operand)})",
        ChainNode chain => $"({chain.Priority} {Of(chain.First)}{string.Concat(chain.Links.Select(link => $" {link.Operator} {Of(link.Operand)}"))})",
        CallNode call => $"(call {call.Function.Name}{string.Concat(call.Arguments.Select(argument => " " + Of(argument)))})",
        TextNode text => $"(text {string.Concat(text.Parts.Select(Of))})",
        _ => throw new InvalidOperationException(node.GetType().Name),
    };
}
