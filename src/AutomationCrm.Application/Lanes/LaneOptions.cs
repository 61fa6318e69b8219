using System.ComponentModel.DataAnnotations;

namespace AutomationCrm.Application.Lanes;

/// <summary>How the executor works on this node; configuration section <c>Crm:Executor</c>.</summary>
public sealed class LaneOptions
{
    public const string Section = "Crm:Executor";

    /// <summary>Lanes taken with one claim.</summary>
    [Range(1, 500)]
    public int LanesPerClaim { get; init; } = 40;

    [Range(1, 50)]
    public int JobsPerLane { get; init; } = 10;

    /// <summary>Workers of this node that claim side by side.</summary>
    [Range(1, 32)]
    public int Workers { get; init; } = 2;

    /// <summary>Outside calls under way at once on this node.</summary>
    [Range(1, 256)]
    public int Senders { get; init; } = 16;

    /// <summary>Seconds for which a node owns what it claimed.</summary>
    [Range(2, 600)]
    public int LeaseSeconds { get; init; } = 30;

    /// <summary>Longest pause between two looks at an empty queue, in milliseconds.</summary>
    [Range(50, 60_000)]
    public int IdlePollMilliseconds { get; init; } = 1_000;

    /// <summary>Claims without a completion after which a job is taken out of its lane.</summary>
    [Range(1, 20)]
    public int MostLostClaims { get; init; } = 3;
}
