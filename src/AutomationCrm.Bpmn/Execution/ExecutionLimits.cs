namespace AutomationCrm.Bpmn.Execution;

/// <summary>What one instance may do; beyond it an incident is raised (attack list A4). The host sets its own policy.</summary>
public sealed record ExecutionLimits
{
    public static ExecutionLimits Default { get; } = new();

    /// <summary>Token moves within one signal.</summary>
    public int Moves { get; init; } = 50_000;

    /// <summary>Instances of one multi-instance activity.</summary>
    public int Instances { get; init; } = 10_000;

    /// <summary>Living nodes of one instance.</summary>
    public int Nodes { get; init; } = 20_000;

    /// <summary>Depth of calls.</summary>
    public int CallDepth { get; init; } = 10;
}
