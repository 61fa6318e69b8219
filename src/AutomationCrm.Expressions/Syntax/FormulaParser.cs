using System.Collections.Immutable;
using System.Globalization;
using AutomationCrm.Expressions.Functions;

namespace AutomationCrm.Expressions.Syntax;

/// <summary>Reads one calculator expression by descending the priorities; null after a problem.</summary>
internal sealed class FormulaParser(Scanner scanner)
{
    private static readonly string[][] Operators = [["<>", "<=", ">=", "=", "<", ">"], ["&"], ["+", "-"], ["*", "/"], ["^"]];

    private readonly int _limit = scanner.Position + Budget.LongestFormula;
    private int _nesting;

    public Node? Parse() => Chain(Priority.Comparison);

    private Node? Chain(Priority priority)
    {
        if (Operand(priority) is not { } first) return null;
        ImmutableArray<Link>.Builder? links = null;
        while (true)
        {
            scanner.SkipSpaces();
            var position = scanner.Position;
            if (Array.Find(Operators[(int)priority], scanner.Take) is not { } sign) break;
            if (Operand(priority) is not { } operand) return null;
            (links ??= ImmutableArray.CreateBuilder<Link>()).Add(new Link(sign, operand, position));
        }

        return links is null ? first : Low(new ChainNode(priority, first, links.ToImmutable()));
    }

    private Node? Operand(Priority priority)
    {
        if (scanner.Position <= _limit) return priority == Priority.Power ? Percent() : Chain(priority + 1);
        scanner.Problem(FailureCodes.TooLong, scanner.Position, 0, "more", Budget.LongestFormula.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    private Node? Percent()
    {
        var node = Signed();
        while (node is not null)
        {
            scanner.SkipSpaces();
            if (!scanner.Take('%')) break;
            node = Low(new PercentNode(node.Position, scanner.Position - node.Position, node));
        }

        return node;
    }

    private Node? Signed()
    {
        scanner.SkipSpaces();
        if (scanner.Current is not ('-' or '+')) return Primary();
        if (!Enter()) return null;
        var start = scanner.Position;
        var negative = scanner.Current == '-';
        scanner.Position++;
        var operand = Signed();
        _nesting--;
        return operand is null ? null : Low(new SignNode(start, operand.Position + operand.Length - start, negative, operand));
    }

    private Node? Primary()
    {
        if (scanner.Sees(PlaceholderParser.Opening)) return PlaceholderParser.Parse(scanner);
        switch (scanner.Current)
        {
            case '(': return Brackets();
            case '"' or '\'': return LiteralParser.Text(scanner);
            case var c when char.IsAsciiDigit(c) || c == '.': return LiteralParser.Number(scanner);
            case var c when char.IsLetter(c) || c == '_': return Name();
            default:
                scanner.Expected("a value");
                return null;
        }
    }

    private Node? Brackets()
    {
        if (!Enter()) return null;
        var start = scanner.Position++;
        var inner = Chain(Priority.Comparison);
        _nesting--;
        if (inner is null || Closed(start, "(")) return inner;
        return null;
    }

    private bool Closed(int start, string opening)
    {
        scanner.SkipSpaces();
        if (scanner.Take(')')) return true;
        if (scanner.AtEnd) scanner.Problem(FailureCodes.Unclosed, start, opening.Length, $"'{opening}'", "')'");
        else scanner.Expected("an operator or ')'");
        return false;
    }

    private Node? Name()
    {
        var start = scanner.Position;
        var name = scanner.TakeWhile(c => char.IsLetterOrDigit(c) || c == '_').ToString();
        var function = FunctionTable.Find(name);
        if (function is { IsWord: true }) return new CallNode(start, name.Length, function, []);
        scanner.SkipSpaces();
        if (scanner.Current == '(' && function is not null) return Call(function, start);
        scanner.Problem(scanner.Current == '(' ? FailureCodes.UnknownFunction : FailureCodes.UnknownName, start, name.Length, name);
        return null;
    }

    private CallNode? Call(Function function, int start)
    {
        if (!Enter()) return null;
        var opening = scanner.Position++;
        var arguments = ImmutableArray.CreateBuilder<Node>();
        scanner.SkipSpaces();
        if (scanner.Current != ')' && !ReadArguments(arguments)) return null;
        _nesting--;
        if (!Closed(opening, "(")) return null;
        if (arguments.Count >= function.Least && arguments.Count <= function.Most)
            return Low(new CallNode(start, scanner.Position - start, function, arguments.ToImmutable()));
        scanner.Problem(FailureCodes.ArgumentCount, start, scanner.Position - start, function.Name, Count(function), arguments.Count.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    private bool ReadArguments(ImmutableArray<Node>.Builder arguments)
    {
        do
        {
            if (Chain(Priority.Comparison) is not { } argument) return false;
            arguments.Add(argument);
            scanner.SkipSpaces();
        }
        while (scanner.Take(',') || scanner.Take(';'));
        return true;
    }

    private static string Count(Function function)
    {
        if (function.Least == function.Most) return function.Least.ToString(CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{(function.Most == Function.Many ? "at least " : "")}{function.Least}{(function.Most == Function.Many ? "" : $" to {function.Most}")}");
    }

    private bool Enter()
    {
        if (++_nesting <= Budget.DeepestNesting) return true;
        scanner.Problem(FailureCodes.TooDeep, scanner.Position, 1, Budget.DeepestNesting.ToString(CultureInfo.InvariantCulture));
        return false;
    }

    private T? Low<T>(T node)
        where T : Node
    {
        if (node.Height <= Budget.DeepestNesting) return node;
        scanner.Problem(FailureCodes.TooDeep, node.Position, node.Length, Budget.DeepestNesting.ToString(CultureInfo.InvariantCulture));
        return null;
    }
}
