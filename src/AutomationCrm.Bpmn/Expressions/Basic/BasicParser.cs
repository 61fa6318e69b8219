using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Expressions.Basic;

/// <summary>Recursive descent with a depth limit; the result is a tree of closures.</summary>
internal sealed class BasicParser
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

    private Evaluator Postfix()
    {
        var value = Primary();
        while (true)
        {
            var target = value;
            if (Take("."))
            {
                var member = ExpectName();
                if (Take("("))
                {
                    var arguments = Arguments(")");
                    value = v => BasicFunctions.CallMethod(target(v), member, arguments, v);
                }
                else
                {
                    value = v => BasicOperations.Member(target(v), member);
                }
            }
            else if (Take("["))
            {
                var index = Choice();
                Expect("]");
                value = v => BasicOperations.Item(target(v), index(v));
            }
            else
            {
                return value;
            }
        }
    }

    private Evaluator Primary()
    {
        var current = token;
        Advance();
        switch (current.Kind)
        {
            case TokenKind.Number:
                return Constant(Datum.Of(current.Number));
            case TokenKind.Text:
                return Constant(Datum.Of(current.Text));
            case TokenKind.Name:
                return Named(current.Text);
            case TokenKind.Symbol when current.Text == "(":
                var inner = Choice();
                Expect(")");
                return inner;
            case TokenKind.Symbol when current.Text == "[":
                var items = Arguments("]");
                return v => Datum.Of(items.Select(i => i(v)));
            default:
                throw new ExpressionException(current.Kind == TokenKind.End ? "The expression ends too early." : $"'{current.Text}' is not expected here.");
        }
    }

    private Evaluator Named(string name)
    {
        switch (name)
        {
            case "true" or "True":
                return Constant(Datum.True);
            case "false" or "False":
                return Constant(Datum.False);
            case "null" or "None":
                return Constant(Datum.Null);
        }

        if (Take(":")) name = $"{name}:{ExpectName()}";
        if (Take("("))
        {
            var arguments = Arguments(")");
            return BasicFunctions.Call(name, arguments);
        }

        if (!names.Contains(name)) names.Add(name);
        return v => v.Find(name) ?? Datum.Null;
    }

    private List<Evaluator> Arguments(string close)
    {
        var arguments = new List<Evaluator>();
        if (Take(close)) return arguments;
        do arguments.Add(Choice());
        while (Take(","));
        Expect(close);
        return arguments;
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
