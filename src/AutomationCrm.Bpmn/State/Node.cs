using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.State;

/// <summary>
/// One active thing of an instance. Shared between states and never changed once its step is over:
/// a step changes only nodes that carry its own number in <see cref="Epoch"/> (see <c>Run.Own</c>).
/// </summary>
internal sealed class Node : IKeyed
{
    public required int Id { get; init; }

    public required int Parent { get; init; }

    /// <summary>Number of the element in the model; -1 for the process itself.</summary>
    public required int Element { get; init; }

    public required NodeKind Kind { get; set; }

    public required long Epoch { get; init; }

    /// <summary>Living children plus tokens on their way in this scope.</summary>
    public int Children { get; set; }

    /// <summary>Grows when the tokens of the scope are cancelled, so that those on their way are dropped.</summary>
    public int Wave { get; set; }

    public bool IsRemoved { get; set; }

    /// <summary>An interrupting event sub-process has taken over.</summary>
    public bool IsInterrupted { get; set; }

    /// <summary>Number of its first subscription, 0 for none; the others follow directly.</summary>
    public int FirstSubscription { get; set; }

    /// <summary>1-based number among the instances of a marker, 0 outside.</summary>
    public int LoopIndex { get; init; }

    public VariableSet Locals { get; set; } = VariableSet.Empty;

    public Incident? Incident { get; set; }

    /// <summary>What can be undone in this scope, latest first.</summary>
    public Undoable? Log { get; set; }

    public NodeData? Data { get; set; }

    public Node CopyFor(long epoch) => new()
    {
        Id = Id,
        Parent = Parent,
        Element = Element,
        Kind = Kind,
        Epoch = epoch,
        Children = Children,
        Wave = Wave,
        IsInterrupted = IsInterrupted,
        FirstSubscription = FirstSubscription,
        LoopIndex = LoopIndex,
        Locals = Locals,
        Incident = Incident,
        Log = Log,
        Data = Data?.Copy(),
    };
}
