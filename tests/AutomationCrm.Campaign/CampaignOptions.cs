namespace AutomationCrm.Campaign;

/// <summary>What one campaign does; the seed decides everything that is random in it.</summary>
internal sealed record CampaignOptions
{
    public required int Seed { get; init; }

    /// <summary>kill -9 of one of the two nodes.</summary>
    public int Kills { get; init; } = 30;

    /// <summary>Pauses of a node that outlast its lease.</summary>
    public int Freezes { get; init; } = 3;

    public int LeaseSeconds { get; init; } = 4;

    /// <summary>Stage changes a second.</summary>
    public int Rate { get; init; } = 35;

    public int Deals { get; init; } = 150;

    /// <summary>Time before the first fault: until then nothing may reach the sink twice.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(4);

    public TimeSpan ShortestGap { get; init; } = TimeSpan.FromSeconds(0.5);

    public TimeSpan LongestGap { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After the last command: when the work that is left has not become less for so long, it is taken to be stuck.</summary>
    public TimeSpan Standstill { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Folder of the sales data; its opportunities are the deals then.</summary>
    public string? Sales { get; init; }

    /// <summary>What a build of the configuration Campaign is to do wrong; see docs/reliability.md.</summary>
    public string? Defect { get; init; }
}
