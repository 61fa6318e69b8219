namespace AutomationCrm.Bpmn.State;

/// <summary>Why a token waits for a person and where it goes on when it is retried.</summary>
internal sealed record Incident(string Code, string Message, IncidentStage Stage);

internal enum IncidentStage : byte
{
    /// <summary>The token stands before the element.</summary>
    Enter,

    /// <summary>The activity was about to start.</summary>
    Begin,

    /// <summary>Work that was handed out failed.</summary>
    Work,

    /// <summary>The work is done, its results could not be taken over.</summary>
    Finish,

    /// <summary>The element is done, no way out was found.</summary>
    Leave,

    /// <summary>The next instance of a marker could not be decided.</summary>
    Next,
}
