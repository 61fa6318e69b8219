using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.DryRun;

/// <summary>With what a dry run begins and how far it may go.</summary>
/// <param name="Stage">On which its robots are; null for robots that belong to none.</param>
/// <param name="Version">Of the stage's automation; null where there is none.</param>
internal sealed record TrialPlan(Item Item, Stage? Stage, PortalSnapshot Portal, int? Version)
{
    public TimeSpan Travel { get; init; }

    public IReadOnlyDictionary<string, TrialAnswer> Answers { get; init; } = new Dictionary<string, TrialAnswer>();

    /// <summary>A run that is under way already and is told as well.</summary>
    public long? Follows { get; init; }
}
