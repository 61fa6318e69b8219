using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.State;

public enum InstanceStatus
{
    /// <summary>Nothing has happened yet.</summary>
    New,
    Active,
    Completed,

    /// <summary>Ended from outside.</summary>
    Cancelled,

    /// <summary>A called instance that ended with an error its caller has to deal with.</summary>
    Failed,
}

/// <summary>
/// Everything one instance is: immutable, shared freely, small. Made by <c>Interpreter.Advance</c> and by <see cref="StateJson"/>;
/// read through <see cref="StateView"/>.
/// </summary>
public sealed class ProcessState
{
    internal ProcessState()
    {
    }

    /// <summary>The state before the first signal.</summary>
    public static ProcessState New { get; } = new() { ProcessId = "" };

    public required string ProcessId { get; init; }

    public InstanceStatus Status { get; init; }

    /// <summary>How many signals led here.</summary>
    public long Version { get; init; }

    /// <summary>How many calls lie above this instance; 0 for one started on its own.</summary>
    public int Depth { get; init; }

    /// <summary>The error a failed instance ended with.</summary>
    public string? ErrorCode { get; init; }

    internal int LastId { get; init; }

    internal Node[] Nodes { get; init; } = [];

    internal int NodeCount { get; init; }

    internal Subscription[] Subscriptions { get; init; } = [];

    internal int SubscriptionCount { get; init; }

    /// <summary>Variables of an ended instance; an active one keeps them in its first node.</summary>
    internal VariableSet Result { get; init; } = VariableSet.Empty;

    internal ReadOnlySpan<Node> NodeRows => Nodes.AsSpan(0, NodeCount);

    internal ReadOnlySpan<Subscription> SubscriptionRows => Subscriptions.AsSpan(0, SubscriptionCount);

    public bool IsActive => Status == InstanceStatus.Active;

    /// <summary>The variables of the instance itself.</summary>
    public VariableSet Variables => NodeCount > 0 ? Nodes[0].Locals : Result;
}
