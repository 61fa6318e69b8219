namespace AutomationCrm.Application.Import.Csv;

/// <summary>One row as it stands in the file.</summary>
/// <param name="Number">As a spreadsheet counts: the header is row 1.</param>
public sealed record CsvRow(int Number, IReadOnlyList<string> Cells);
