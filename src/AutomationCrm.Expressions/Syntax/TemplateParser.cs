using System.Collections.Immutable;
using System.Globalization;

namespace AutomationCrm.Expressions.Syntax;

/// <summary>Splits a text into plain pieces, placeholders and formulas and says everything that is wrong with it.</summary>
internal sealed class TemplateParser(Scanner scanner)
{
    public const string FormulaOpening = "{{=";
    private const string FormulaClosing = "}}";
    private const int MostProblems = 20;

    private readonly List<Node> _parts = [];

    /// <summary>The root: one node when the text is exactly one placeholder or formula, otherwise the text's parts. Null after a problem.</summary>
    public Node? Parse()
    {
        var text = scanner.Text;
        if (text.StartsWith('=')) return WholeFormula();
        if (text.Length > Budget.LongestText) return TooLong(0, text.Length, Budget.LongestText);
        while (!scanner.AtEnd && scanner.Problems.Count < MostProblems && _parts.Count <= Budget.MostParts) Part();
        if (_parts.Count > Budget.MostParts)
            scanner.Problem(FailureCodes.TooManyParts, scanner.Position, 0, Budget.MostParts.ToString(CultureInfo.InvariantCulture));
        if (scanner.Problems.Count > 0) return null;
        return _parts is [var single] ? single : new TextNode(text.Length, [.. _parts]);
    }

    private Node? WholeFormula()
    {
        if (scanner.Text.Length > Budget.LongestFormula) return TooLong(0, scanner.Text.Length, Budget.LongestFormula);
        scanner.Position = 1;
        if (IsEmpty(0, 1)) return null;
        var formula = new FormulaParser(scanner).Parse();
        scanner.SkipSpaces();
        if (formula is null || scanner.AtEnd) return formula;
        scanner.Expected("an operator or the end");
        return null;
    }

    private void Part()
    {
        var start = scanner.Position;
        var next = NextOpening(start);
        if (next > start)
        {
            _parts.Add(new PlainNode(start, scanner.Text[start..next]));
            scanner.Position = next;
            return;
        }

        var part = scanner.Sees(FormulaOpening) ? InlineFormula() : PlaceholderParser.Parse(scanner);
        if (part is not null) _parts.Add(part);
        else Recover(start);
    }

    private int NextOpening(int from)
    {
        var next = scanner.Text.IndexOf(PlaceholderParser.Opening, from, StringComparison.Ordinal);
        if (next < 0) return scanner.Text.Length;
        return next > from && scanner.Text[next - 1] == '{' ? next - 1 : next;
    }

    private Node? InlineFormula()
    {
        var start = scanner.Position;
        scanner.Position += FormulaOpening.Length;
        if (IsEmpty(start, FormulaOpening.Length)) return null;
        var formula = new FormulaParser(scanner).Parse();
        if (formula is null) return null;
        scanner.SkipSpaces();
        if (!scanner.Take(FormulaClosing))
        {
            if (scanner.AtEnd) scanner.Problem(FailureCodes.Unclosed, start, FormulaOpening.Length, FormulaOpening, FormulaClosing);
            else scanner.Expected("an operator or '}}'");
            return null;
        }

        return scanner.Position - start > Budget.LongestFormula ? TooLong(start, scanner.Position - start, Budget.LongestFormula) : formula;
    }

    private bool IsEmpty(int start, int length)
    {
        scanner.SkipSpaces();
        if (!scanner.AtEnd && !scanner.Sees(FormulaClosing)) return false;
        scanner.Problem(FailureCodes.EmptyFormula, start, length);
        return true;
    }

    // Reading goes on after the broken piece, so that a text with three mistakes shows three.
    private void Recover(int start)
    {
        var closing = scanner.Text.AsSpan(start).StartsWith(FormulaOpening, StringComparison.Ordinal) ? FormulaClosing : "}";
        var end = scanner.Text.IndexOf(closing, Math.Max(start + 1, Math.Min(scanner.Position, scanner.Text.Length)), StringComparison.Ordinal);
        scanner.Position = end < 0 ? scanner.Text.Length : end + closing.Length;
    }

    private Node? TooLong(int position, int length, int allowed)
    {
        scanner.Problem(FailureCodes.TooLong, position, length, length.ToString(CultureInfo.InvariantCulture), allowed.ToString(CultureInfo.InvariantCulture));
        return null;
    }
}
