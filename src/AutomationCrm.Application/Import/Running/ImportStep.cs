using AutomationCrm.Application.Import.Rows;

namespace AutomationCrm.Application.Import.Running;

/// <summary>Brings the rows of one part in. A step is prepared from what is in the database and in the files, so that an import can go on after any chunk.</summary>
internal abstract class ImportStep(ImportPart part)
{
    public ImportPart Part => part;

    /// <summary>How often the file is read; each row counts in one pass.</summary>
    public virtual int Passes => 1;

    public virtual int PassOf(ImportRow row) => 0;

    public abstract Task PrepareAsync(CancellationToken ct);

    public abstract Task MapAsync(IReadOnlyList<ImportRow> rows, ImportChunk chunk, CancellationToken ct);
}
