namespace AutomationCrm.Bpmn.State;

/// <summary>What a row of the state is.</summary>
internal enum NodeKind : byte
{
    /// <summary>The instance itself; always the first row.</summary>
    Process,

    /// <summary>A task, call, catch event or event-based gateway that waits.</summary>
    Waiting,

    /// <summary>A running sub-process of any kind, or an event sub-process.</summary>
    Scope,

    /// <summary>An activity with a marker; its instances are its children.</summary>
    Body,

    /// <summary>A gateway that holds arrived tokens.</summary>
    Join,

    /// <summary>A throw or cancel event that waits for handlers, or a finished sub-process being undone.</summary>
    Undoing,

    /// <summary>A token that could not go on and waits for a person.</summary>
    Parked,
}
