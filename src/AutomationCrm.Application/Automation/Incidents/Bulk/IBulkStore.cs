namespace AutomationCrm.Application.Automation.Incidents.Bulk;

/// <summary>Open incidents of one robot with one reason.</summary>
public sealed record IncidentGroup(int TypeId, string StageId, string RobotKey, string Code);

/// <summary>How many, and since when.</summary>
public sealed record IncidentGroupCount(IncidentGroup Group, string RobotName, string Message, long Count, DateTimeOffset Oldest);

/// <summary>The tables of bulk decisions.</summary>
public interface IBulkStore
{
    /// <summary>Writes the decision with its incidents that are open still, given by number or as a group; answers how many those are, and writes nothing when there are none.</summary>
    Task<int> StartAsync(BulkDecision decision, IReadOnlyCollection<long> ids, IncidentGroup? group, CancellationToken ct);

    /// <summary>The largest groups of more than one open incident.</summary>
    Task<IReadOnlyList<IncidentGroupCount>> GroupsAsync(int most, CancellationToken ct);

    /// <summary>The next incidents of the oldest decision at work; null when nothing is left to do.</summary>
    Task<BulkStep?> NextAsync(int most, CancellationToken ct);

    /// <summary>Writes what became of incidents, and ends the decision with the last of them.</summary>
    Task RecordAsync(long decision, IReadOnlyCollection<BulkDecisionRow> rows, CancellationToken ct);

    /// <summary>Leaves the incidents that still wait as they are; false when the decision has ended already.</summary>
    Task<bool> CancelAsync(long decision, CancellationToken ct);
}

public sealed record BulkStep(BulkDecision Decision, IReadOnlyList<long> Incidents);
