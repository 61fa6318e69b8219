namespace AutomationCrm.Application.Import.Csv;

/// <summary>What a file may ask of us; one cell or row never fills the memory.</summary>
internal static class CsvLimits
{
    /// <summary>Characters.</summary>
    public const int Cell = 64 * 1024;

    /// <summary>Characters.</summary>
    public const int Row = 1024 * 1024;

    public const int Columns = 200;
}
