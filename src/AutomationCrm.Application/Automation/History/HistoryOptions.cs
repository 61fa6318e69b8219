using System.ComponentModel.DataAnnotations;

namespace AutomationCrm.Application.Automation.History;

/// <summary>How long the history of runs is kept; configuration section <c>Crm:History</c>.</summary>
public sealed class HistoryOptions
{
    public const string Section = "Crm:History";

    /// <summary>Finished runs older than so many months are deleted with their robot runs and deliveries; 0 keeps everything.</summary>
    [Range(0, 1_200)]
    public int KeepMonths { get; init; } = 24;

    /// <summary>Runs deleted with one statement.</summary>
    [Range(1, 10_000)]
    public int RunsPerStep { get; init; } = 500;
}
