namespace AutomationCrm.Bpmn.Execution;

public enum HistoryKind : byte
{
    Entered,
    Completed,
    Cancelled,

    /// <summary>A sequence flow was taken; <c>Element</c> is the number of the flow.</summary>
    Taken,
}

/// <summary>One step of a token, in order. <paramref name="Element"/> counts in <c>ProcessModel.Nodes</c>, or in its flows for <see cref="HistoryKind.Taken"/>.</summary>
public readonly record struct HistoryEntry(HistoryKind Kind, int Element, int NodeId);
