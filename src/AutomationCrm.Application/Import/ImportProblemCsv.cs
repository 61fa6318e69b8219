using System.Globalization;
using System.Text;
using AutomationCrm.Application.Import.Rows;

namespace AutomationCrm.Application.Import;

/// <summary>Dirty rows as CSV for a spreadsheet: cells that it would run as formulas are quoted with an apostrophe (attack list A9).</summary>
public static class ImportProblemCsv
{
    public const string Header = "file,row,field,value,kind,message\r\n";

    public static string Line(ImportProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var line = new StringBuilder();
        Cell(line, problem.File).Append(',').Append(problem.Row.ToString(CultureInfo.InvariantCulture)).Append(',');
        Cell(line, problem.Field).Append(',');
        Cell(line, problem.Value).Append(',');
        Cell(line, problem.Code).Append(',');
        return Cell(line, problem.Message).Append("\r\n").ToString();
    }

    private static StringBuilder Cell(StringBuilder line, string text) =>
        line.Append('"').Append(FormulaText.IsFormula(text) ? "'" : "").Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
}
