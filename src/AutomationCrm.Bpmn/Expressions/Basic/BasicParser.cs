using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Expressions.Basic;

/// <summary>Recursive descent with a depth limit; the result is a tree of closures.</summary>
internal sealed partial class BasicParser
{
    private const int MaxDepth = 48;

    private readonly BasicLexer lexer;
    private readonly List<string> names = [];
    private Token token;
    private int depth;

    public BasicParser(string text)
    {
        lexer = new(text);
        token = lexer.Next();
    }

    public IReadOnlyCollection<string> Names => names;

    public Evaluator ParseAll()
    {
        var result = Choice();
        if (token.Kind != TokenKind.End) throw new ExpressionException($"'{token.Text}' is not expected here.");
        return result;
    }

    private Evaluator Choice()
    {
        if (++depth > MaxDepth) throw new ExpressionException("The expression is nested too deep.");
        var result = IsName("if") ? IfThenElse() : Ternary();
        depth--;
        return result;
    }

    private Evaluator IfThenElse()
    {
        Advance();
        var condition = Choice();
        Expect("then");
        var yes = Choice();
        Expect("else");
        var no = Choice();
        return v => BasicOperations.Truth(condition(v)) ? yes(v) : no(v);
    }

    private Evaluator Ternary()
    {
        var condition = Or();
        if (!Take("?")) return condition;
        var yes = Choice();
        Expect(":");
        var no = Choice();
        return v => BasicOperations.Truth(condition(v)) ? yes(v) : no(v);
    }

    private Evaluator Or()
    {
        var left = And();
        while (Take("||") || Take("or"))
        {
            var (a, b) = (left, And());
            left = v => Datum.Of(BasicOperations.Truth(a(v)) || BasicOperations.Truth(b(v)));
        }

        return left;
    }

    private Evaluator And()
    {
        var left = Not();
        while (Take("&&") || Take("and"))
        {
            var (a, b) = (left, Not());
            left = v => Datum.Of(BasicOperations.Truth(a(v)) && BasicOperations.Truth(b(v)));
        }

        return left;
    }

    private Evaluator Not()
    {
        var times = 0;
        while (Take("!") || Take("not")) times++;
        var operand = Comparison();
        if (times == 0) return operand;
        return v => Datum.Of(BasicOperations.Truth(operand(v)) ^ (times % 2 == 1));
    }

    private Evaluator Comparison()
    {
        var left = Sum();
        var op = token.Kind is TokenKind.Symbol or TokenKind.Name ? BasicOperations.ComparisonOf(token.Text) : null;
        if (op is null) return left;
        Advance();
        var right = Sum();
        return v => op(left(v), right(v));
    }

    private Evaluator Sum()
    {
        var left = Product();
        while (token.Text is "+" or "-" && token.Kind == TokenKind.Symbol)
        {
            var plus = token.Text == "+";
            Advance();
            var (a, b) = (left, Product());
            left = plus ? v => BasicOperations.Add(a(v), b(v)) : v => Datum.Of(BasicOperations.Number(a(v)) - BasicOperations.Number(b(v)));
        }

        return left;
    }

    private Evaluator Product()
    {
        var left = Unary();
        while (true)
        {
            var a = left;
            if (Take("*"))
            {
                var b = Unary();
                left = v => Datum.Of(BasicOperations.Number(a(v)) * BasicOperations.Number(b(v)));
            }
            else if (Take("/") || Take("div"))
            {
                var b = Unary();
                left = v => Datum.Of(BasicOperations.Number(a(v)) / BasicOperations.Number(b(v)));
            }
            else if (Take("%") || Take("mod"))
            {
                var b = Unary();
                left = v => Datum.Of(BasicOperations.Number(a(v)) % BasicOperations.Number(b(v)));
            }
            else
            {
                return left;
            }
        }
    }

    private Evaluator Unary()
    {
        var negative = false;
        while (token is { Kind: TokenKind.Symbol, Text: "-" or "+" })
        {
            negative ^= token.Text == "-";
            Advance();
        }

        if (Take("empty"))
        {
            var what = Postfix();
            return v => Datum.Of(BasicOperations.Size(what(v)) == 0);
        }

        var operand = Postfix();
        return negative ? v => Datum.Of(-BasicOperations.Number(operand(v))) : operand;
    }

    private static Evaluator Constant(Datum value) => _ => value;

    private bool IsName(string name) => token.Kind == TokenKind.Name && token.Text == name;

    private void Advance() => token = lexer.Next();

    private bool Take(string text)
    {
        if (token.Kind is not (TokenKind.Symbol or TokenKind.Name) || token.Text != text) return false;
        Advance();
        return true;
    }

    private void Expect(string text)
    {
        if (!Take(text)) throw new ExpressionException($"'{text}' is missing.");
    }

    private string ExpectName()
    {
        var name = token.Kind == TokenKind.Name ? token.Text : throw new ExpressionException("A name is missing after the dot.");
        Advance();
        return name;
    }
}
