namespace AutomationCrm.Application.Import;

/// <summary>Configuration section <c>Crm:Import</c>.</summary>
public sealed class ImportOptions
{
    public const string Section = "Crm:Import";

    /// <summary>Where files wait until they are read; <c>imports</c> in the data directory unless given.</summary>
    public string Folder { get; set; } = "";

    public long MaxFileBytes { get; set; } = 50 * 1024 * 1024;

    public int MaxFiles { get; set; } = 10;

    /// <summary>Rows of one transaction.</summary>
    public int ChunkRows { get; set; } = 1_000;

    /// <summary>How long one chunk may take before another node may go on with the import.</summary>
    public int LeaseSeconds { get; set; } = 60;

    /// <summary>Claims without progress after which an import fails.</summary>
    public int MostAttempts { get; set; } = 5;
}
