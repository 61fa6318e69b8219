namespace AutomationCrm.Application.Automation.Runs;

/// <summary>What becomes of the track after a robot's turn.</summary>
internal enum StepEnd
{
    /// <summary>It waits: for a time, an effect, something to happen or a person.</summary>
    Parked,
    GoOn,

    /// <summary>The robots after this one do not run.</summary>
    TrackEnds,
}
