namespace AutomationCrm.Expressions.Syntax;

internal static class ReferenceFinder
{
    public static IEnumerable<ReferenceNode> Placeholders(Node? node) => node switch
    {
        ReferenceNode reference => [reference],
        TextNode text => text.Parts.SelectMany(Placeholders),
        ChainNode chain => chain.Links.Select(link => link.Operand).Prepend(chain.First).SelectMany(Placeholders),
        SignNode sign => Placeholders(sign.Operand),
        PercentNode percent => Placeholders(percent.Operand),
        CallNode call => call.Arguments.SelectMany(Placeholders),
        _ => [],
    };

    /// <summary>What functions read by themselves.</summary>
    public static IEnumerable<string> ReadByFunctions(Node? node) => node switch
    {
        TextNode text => text.Parts.SelectMany(ReadByFunctions),
        ChainNode chain => chain.Links.Select(link => link.Operand).Prepend(chain.First).SelectMany(ReadByFunctions),
        SignNode sign => ReadByFunctions(sign.Operand),
        PercentNode percent => ReadByFunctions(percent.Operand),
        CallNode call => call.Arguments.SelectMany(ReadByFunctions).Concat(call.Function.Reads),
        _ => [],
    };
}
