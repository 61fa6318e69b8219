using System.Globalization;

namespace AutomationCrm.Bpmn.Expressions.Basic;

internal enum TokenKind
{
    End,
    Number,
    Text,
    Name,
    Symbol,
}

internal readonly record struct Token(TokenKind Kind, string Text, decimal Number);

/// <summary>Cuts the text of an expression into tokens.</summary>
internal sealed class BasicLexer(string text)
{
    private static readonly string[] Pairs = ["==", "!=", "<=", ">=", "&&", "||", "<>"];

    private int at;

    public Token Next()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        if (at == text.Length) return new(TokenKind.End, "", 0);
        var c = text[at];
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))) return Number();
        if (c is '"' or '\'') return Quoted(c);
        if (char.IsLetter(c) || c is '_' or '$') return Name();
        return Symbol();
    }

    private Token Number()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))) at++;
        var digits = text[start..at];
        if (at < text.Length && text[at] is 'L' or 'l' or 'd' or 'D' or 'f' or 'F') at++;
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? new(TokenKind.Number, digits, number)
            : throw new ExpressionException($"'{digits}' is no number.");
    }

    private Token Quoted(char quote)
    {
        var result = new System.Text.StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                at++;
                return new(TokenKind.Text, result.ToString(), 0);
            }

            if (text[at] == '\\' && at + 1 < text.Length) at++;
            result.Append(text[at]);
        }

        throw new ExpressionException($"A closing {quote} is missing.");
    }

    private Token Name()
    {
        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '$')) at++;
        return new(TokenKind.Name, text[start..at], 0);
    }

    private Token Symbol()
    {
        foreach (var pair in Pairs)
        {
            if (string.CompareOrdinal(text, at, pair, 0, 2) != 0) continue;
            at += 2;
            return new(TokenKind.Symbol, pair, 0);
        }

        return new(TokenKind.Symbol, text[at++].ToString(), 0);
    }
}
