using AutomationCrm.Application.Automation.Pausing;
using AutomationCrm.Application.Lanes;

namespace AutomationCrm.Application.Automation.Incidents;

/// <summary>What a person may decide about an incident.</summary>
public enum IncidentAction
{
    /// <summary>The parked step is tried again.</summary>
    Retry,

    /// <summary>The run goes on as if the robot had had nothing to do.</summary>
    Skip,

    /// <summary>The run goes on as if the robot had done its work.</summary>
    MarkDone,

    /// <summary>Nothing is parked; it is only noted that somebody has read it.</summary>
    Acknowledge,
}

internal static class IncidentActions
{
    private static readonly IncidentAction[] Parked = [IncidentAction.Retry, IncidentAction.Skip, IncidentAction.MarkDone];

    /// <summary>Budgets park nothing: what they stopped stays stopped. What a pause holds cannot be skipped as a whole.</summary>
    public static IReadOnlyList<IncidentAction> For(Incident incident) => incident.JobKind switch
    {
        null => [IncidentAction.Acknowledge],
        ReleaseHeldJob.Kind => [IncidentAction.Retry],
        _ => Parked,
    };

    public static string Resolution(IncidentAction action) => action switch
    {
        IncidentAction.Retry => "retry",
        IncidentAction.Skip => "skip",
        IncidentAction.MarkDone => "done",
        _ => "acknowledged",
    };
}
