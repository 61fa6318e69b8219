using System.Globalization;
using AutomationCrm.Application.Import.Csv;

namespace AutomationCrm.Application.Import.Rows;

/// <summary>A row on its way in: its cells by column name, and what was found odd about it.</summary>
internal sealed class ImportRow(string file, CsvRow row, IReadOnlyDictionary<string, int> columns)
{
    private const int ShownValue = 200;

    private readonly List<RowProblem> problems = [];

    public IReadOnlyList<RowProblem> Problems => problems;

    public int Number => row.Number;

    /// <summary>The cell without surrounding blanks and without what cannot be stored; empty where the row is too short.</summary>
    public string this[string header] =>
        columns.TryGetValue(header, out var at) && at < row.Cells.Count ? row.Cells[at].Replace("\0", "", StringComparison.Ordinal).Trim() : "";

    public void Report(string field, string value, string code, string note, params string[] arguments) =>
        problems.Add(new(file, row.Number, field, ShownText.Of(value, ShownValue), code, note, arguments));

    /// <summary>What is odd about the row whatever its columns mean.</summary>
    public void ReportShape(int expected)
    {
        if (row.Cells.Count > expected)
            Report("", string.Join(',', row.Cells.Skip(expected)), ProblemCodes.RowColumns, RowNotes.MoreCells, Shown(row.Cells.Count), Shown(expected));
        else if (row.Cells.Count < expected)
            Report("", "", ProblemCodes.RowColumns, RowNotes.FewerCells, Shown(row.Cells.Count), Shown(expected));
        foreach (var (header, at) in columns)
            if (at < row.Cells.Count && row.Cells[at].Contains('\0', StringComparison.Ordinal))
                Report(header, row.Cells[at], ProblemCodes.Control, RowNotes.NulLeftOut);
    }

    /// <summary>A cell that a spreadsheet would run: kept as text, and said so.</summary>
    public void ReportFormula(string header, string text)
    {
        if (FormulaText.IsFormula(text)) Report(header, text, ProblemCodes.Formula, RowNotes.KeptAsText);
    }

    private static string Shown(int number) => number.ToString(CultureInfo.InvariantCulture);
}
