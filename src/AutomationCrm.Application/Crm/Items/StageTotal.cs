namespace AutomationCrm.Application.Crm.Items;

/// <summary>How many items stand on a stage and what they are worth in the portal's currency, as of the last fold.</summary>
public sealed class StageTotal
{
    public int TypeId { get; init; }

    public int PipelineId { get; init; }

    public string StageId { get; init; } = "";

    public long Items { get; set; }

    public decimal Amount { get; set; }
}

/// <summary>A change of a total that is not folded yet.</summary>
public sealed class StageTotalDelta
{
    public long Id { get; init; }

    public int TypeId { get; init; }

    public int PipelineId { get; init; }

    public string StageId { get; init; } = "";

    public int Items { get; init; }

    public decimal Amount { get; init; }
}
