using System.ComponentModel.DataAnnotations;

namespace AutomationCrm.Application.Crm.RecycleBin;

/// <summary>How long deleted items are kept; configuration section <c>Crm:RecycleBin</c>.</summary>
public sealed class RecycleBinOptions
{
    public const string Section = "Crm:RecycleBin";

    /// <summary>After so many days an item is deleted for good; 0 keeps everything.</summary>
    [Range(0, 3650)]
    public int KeepDays { get; init; } = 30;
}
