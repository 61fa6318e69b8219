namespace AutomationCrm.Application.Import.Running;

/// <summary>An import this node works on, as it stood when it was claimed.</summary>
/// <param name="RowsDone">Rows of all files, in the order of the preset, that are written.</param>
/// <param name="Problems">Problems that are written; the next one has the number after it.</param>
public sealed record ClaimedImport(long Id, Guid Token, string Preset, long AuthorId, long RowsDone, long RowsTotal, int Problems, int Attempts, bool CancelRequested, ImportContent Content);
