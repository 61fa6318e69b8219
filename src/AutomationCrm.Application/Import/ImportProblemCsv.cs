using AutomationCrm.Application.Import.Rows;

namespace AutomationCrm.Application.Import;

/// <summary>Lines for a spreadsheet: cells that it would run as formulas are quoted with an apostrophe (attack list A9).</summary>
public static class ImportProblemCsv
{
    public static string Line(params IReadOnlyList<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string text) => $"\"{(FormulaText.IsFormula(text) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
