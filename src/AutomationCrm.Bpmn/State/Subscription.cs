using AutomationCrm.Bpmn.Execution;

namespace AutomationCrm.Bpmn.State;

/// <summary>Something one event waits for on behalf of a node.</summary>
internal sealed record Subscription : IKeyed
{
    public required int Id { get; init; }

    /// <summary>The node that waits: an activity, a scope, a catch event or a gateway.</summary>
    public required int Owner { get; init; }

    /// <summary>The event or receive task of the model.</summary>
    public required int Element { get; init; }

    /// <summary>Which definition of a multiple event.</summary>
    public int Definition { get; init; }

    public required SubscriptionKind Kind { get; init; }

    /// <summary>Name of the message or signal.</summary>
    public string? Name { get; init; }

    /// <summary>Correlation key of a message.</summary>
    public string? Key { get; init; }

    public DateTimeOffset Due { get; init; }

    /// <summary>The text a repeating timer goes on with.</summary>
    public string? Cycle { get; init; }

    /// <summary>Firings left including the next; -1 for endless.</summary>
    public int Remaining { get; init; }

    /// <summary>A condition was true when last looked at; a part of a parallel multiple event has occurred.</summary>
    public bool WasTrue { get; init; }
}
