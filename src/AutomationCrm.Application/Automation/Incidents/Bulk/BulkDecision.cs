namespace AutomationCrm.Application.Automation.Incidents.Bulk;

public enum BulkState : short
{
    Working,
    Done,
    Cancelled,
}

/// <summary>One decision about many incidents, carried out in the background.</summary>
public sealed class BulkDecision
{
    public long Id { get; init; }

    /// <summary>retry, skip, done or acknowledged, as in the incidents themselves.</summary>
    public string Action { get; init; } = "";

    /// <summary>Whether a retry goes on by the newest version of the automation instead of the one the run is pinned to.</summary>
    public bool Latest { get; init; }

    public long AuthorId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }

    public BulkState State { get; set; }

    public int Total { get; init; }
}

public enum BulkRowState : short
{
    Waiting,
    Decided,
    Refused,
}

/// <summary>What became of one incident of a bulk decision.</summary>
public sealed class BulkDecisionRow
{
    public long DecisionId { get; init; }

    public long IncidentId { get; init; }

    public BulkRowState State { get; set; }

    public string? Code { get; set; }

    public string? Message { get; set; }

    /// <summary>The run in which the work goes on.</summary>
    public long? RunId { get; set; }
}
