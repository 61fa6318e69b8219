using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Expressions.Basic;

/// <summary>
/// A small language for scenarios, simulation and imported files: <c>${…}</c>, <c>= …</c> or bare; variables, literals, arithmetic,
/// comparison, and/or/not, a handful of calls. Unknown variables are null; ordering against null is null, not an error.
/// </summary>
public sealed class BasicLanguage : IExpressionLanguage
{
    private const int MaxLength = 8192;

    public static BasicLanguage Instance { get; } = new();

    public Expression Compile(string text, ExpressionUse use)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength) throw new ExpressionException($"The expression is longer than {MaxLength} characters.");
        var trimmed = text.Trim();
        if (trimmed.Length == 0) throw new ExpressionException("The expression is empty.");
        if (trimmed[0] == '=' && !trimmed.StartsWith("==", StringComparison.Ordinal)) return Parse(text, trimmed[1..]);
        if (IsOneBracket(trimmed)) return Parse(text, trimmed[2..^1]);
        if (trimmed.Contains("${", StringComparison.Ordinal) || trimmed.Contains("#{", StringComparison.Ordinal)) return Template(text, trimmed);
        return use == ExpressionUse.Template ? BareTemplate(text, trimmed) : Parse(text, trimmed);
    }

    private static bool IsOneBracket(string text) =>
        text.Length > 3 && text[0] is '$' or '#' && text[1] == '{' && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1;

    private static BasicExpression Parse(string text, string body)
    {
        var parser = new BasicParser(body);
        return new(text, parser.ParseAll(), parser.Names);
    }

    /// <summary>A bare template is text, unless it is quoted or the name of a variable that exists.</summary>
    private static BasicExpression BareTemplate(string text, string trimmed)
    {
        if (trimmed[0] is '"' or '\'') return Parse(text, trimmed);
        var literal = Datum.Of(trimmed);
        return new(text, variables => variables.Find(trimmed) ?? literal, []);
    }

    private static BasicExpression Template(string text, string trimmed)
    {
        var parts = new List<Evaluator>();
        var names = new List<string>();
        var at = 0;
        while (at < trimmed.Length)
        {
            var open = trimmed.IndexOf('{', at);
            if (open < 1 || trimmed[open - 1] is not ('$' or '#')) open = -1;
            if (open < 0)
            {
                Literal(trimmed[at..]);
                break;
            }

            Literal(trimmed[at..(open - 1)]);
            var close = trimmed.IndexOf('}', open);
            if (close < 0) throw new ExpressionException("A '}' is missing.");
            var parser = new BasicParser(trimmed[(open + 1)..close]);
            parts.Add(parser.ParseAll());
            names.AddRange(parser.Names);
            at = close + 1;
        }

        return new(text, variables => Datum.Of(string.Concat(parts.Select(p => p(variables).ToString()))), names);

        void Literal(string piece)
        {
            if (piece.Length == 0) return;
            var value = Datum.Of(piece);
            parts.Add(_ => value);
        }
    }
}

internal delegate Datum Evaluator(IVariableReader variables);

internal sealed class BasicExpression(string text, Evaluator evaluate, IReadOnlyCollection<string> names) : Expression(text)
{
    public override IReadOnlyCollection<string> Names { get; } = [.. names.Distinct(StringComparer.Ordinal)];

    public override Datum Evaluate(IVariableReader variables)
    {
        try
        {
            return evaluate(variables);
        }
        catch (ArithmeticException broken)
        {
            throw new ExpressionException($"'{Text}' cannot be computed: {broken.Message}", broken);
        }
    }
}
