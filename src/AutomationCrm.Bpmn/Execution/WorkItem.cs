namespace AutomationCrm.Bpmn.Execution;

internal enum WorkKind : byte
{
    /// <summary>A token reaches an element; it is already counted in its scope.</summary>
    Arrive,

    /// <summary>A marker starts its next instance.</summary>
    NextInstance,

    /// <summary>Conditional events are looked at.</summary>
    LookAtConditions,
}

/// <summary>Something that is still to be done within the step. Dropped when its scope is gone or its tokens were cancelled.</summary>
internal readonly record struct WorkItem(WorkKind Kind, int Scope, int Wave, int Element, int Flow);
