namespace AutomationCrm.Application.Import.Rows;

/// <summary>A value that did not fit, and what was done with it.</summary>
/// <param name="Row">As a spreadsheet counts; 1 is the header.</param>
/// <param name="Code">One of <see cref="ProblemCodes"/>.</param>
/// <param name="Note">What was done, one of <see cref="RowNotes"/>; pages say it in the reader's language.</param>
/// <param name="Arguments">What the note names.</param>
public sealed record RowProblem(string File, int Row, string Field, string Value, string Code, string Note, IReadOnlyList<string> Arguments);
