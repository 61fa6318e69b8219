using System.Collections.Immutable;
using AutomationCrm.Expressions.Functions;
using AutomationCrm.Expressions.Syntax;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Tests.Safety;

/// <summary>Random expressions of every kind of node; the same seed gives the same tree.</summary>
internal sealed class RandomTree(int seed)
{
    private static readonly string[] Texts = ["", "a", "it's", "say \"hi\"", "\"'\"'", "}}", "{=A:B}", "{{= 1 }}", "=1", "привет", "😀", "\n\t", "5", "2026-01-05", "D_15"];
    private static readonly string[] Paths = ["Document:TITLE", "Document:CONTACT.PHONE", "Variable:x_1", "A12345_67890:Result", "System:Now", "Constant:Nothing"];
    private static readonly string?[] Types = [null, null, "string", "int", "bool", "datetime", "uf:money"];
    private static readonly string?[] Formats = [null, null, "printable", "friendly", "server", "id"];
    private static readonly string[] Plains = ["Hello ", " and ", "{ ", "}}", "=", "x > y", "\n", "{{Name}}"];
    private static readonly string[][] Operators = [["=", "<>", "<", ">", "<=", ">="], ["&"], ["+", "-"], ["*", "/"], ["^"]];
    private static readonly Function[] Functions = [.. FunctionTable.All.OrderBy(function => function.Name, StringComparer.Ordinal)];

    private readonly Random _random = new(seed);

    public Node Root()
    {
        if (_random.Next(3) > 0) return Formula(_random.Next(1, 7));
        var parts = ImmutableArray.CreateBuilder<Node>();
        for (var count = _random.Next(2, 6); count > 0; count--)
        {
            parts.Add(new PlainNode(0, "t" + Pick(Plains) + "."));
            parts.Add(_random.Next(2) == 0 ? Reference() : Formula(_random.Next(1, 4)));
        }

        return new TextNode(0, parts.ToImmutable());
    }

    private Node Formula(int depth)
    {
        if (depth <= 1) return Leaf();
        return _random.Next(8) switch
        {
            0 => Leaf(),
            1 => new SignNode(0, 0, _random.Next(2) == 0, Formula(depth - 1)),
            2 => new PercentNode(0, 0, Formula(depth - 1)),
            3 or 4 => Call(depth),
            _ => Chain(depth),
        };
    }

    private Node Leaf() => _random.Next(4) switch
    {
        0 => new LiteralNode(0, 0, Value.Of(Pick(Texts))),
        1 => Reference(),
        2 => new LiteralNode(0, 0, Value.Of(Math.Round((decimal)_random.NextDouble() * 1000, _random.Next(8)))),
        _ => new LiteralNode(0, 0, Value.Of((decimal)_random.Next(20))),
    };

    private ReferenceNode Reference() => new(0, 0, Pick(Paths), Pick(Types), Pick(Formats));

    private ChainNode Chain(int depth)
    {
        var priority = (Priority)_random.Next(5);
        var links = ImmutableArray.CreateBuilder<Link>();
        for (var count = _random.Next(1, 4); count > 0; count--) links.Add(new Link(Pick(Operators[(int)priority]), Formula(depth - 1), 0));
        return new ChainNode(priority, Formula(depth - 1), links.ToImmutable());
    }

    private CallNode Call(int depth)
    {
        var function = Pick(Functions);
        var arguments = ImmutableArray.CreateBuilder<Node>();
        for (var count = _random.Next(function.Least, Math.Min(function.Most, function.Least + 3) + 1); count > 0; count--) arguments.Add(Formula(depth - 1));
        return new CallNode(0, 0, function, arguments.ToImmutable());
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
