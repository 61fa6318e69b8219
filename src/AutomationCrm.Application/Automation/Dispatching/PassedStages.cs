using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.Dispatching;

/// <summary>
/// The stages that a move jumps over, and those of them whose robots want to run all the same (<see cref="StageAutomationConfig.WhenPassed"/>).
/// Only a move forward within one pipeline jumps over anything; giving an item up does not, wherever the lost stage stands.
/// </summary>
internal static class PassedStages
{
    /// <summary>What starts a run on a stage that was jumped over. No key of a trigger has a dot.</summary>
    public const string Starter = "stage.passed";

    /// <summary>In the order of the pipeline.</summary>
    public static IReadOnlyList<Stage> Between(PortalSnapshot portal, Stage? from, Stage? to)
    {
        if (from is null || to is null or { Semantics: StageSemantics.Lost } || from.TypeId != to.TypeId || from.PipelineId != to.PipelineId) return [];
        if (portal.Pipeline(to.TypeId, to.PipelineId)?.Stages is not { } stages) return [];

        var (first, last) = (IndexOf(stages, from.Id), IndexOf(stages, to.Id));
        return last - first < 2 || first < 0 ? [] : [.. stages.Take(last).Skip(first + 1).Where(s => s.Semantics == StageSemantics.Process)];
    }

    public static IReadOnlyList<(Stage Stage, StageAutomation Automation)> WithRobots(PortalSnapshot portal, Stage? from, Stage? to)
    {
        List<(Stage, StageAutomation)>? passed = null;
        foreach (var stage in Between(portal, from, to))
            if (portal.AutomationOf(stage.TypeId, stage.Id) is { Config.WhenPassed: true } automation && automation.CountOf(Starter) > 0) (passed ??= []).Add((stage, automation));

        return passed ?? [];
    }

    /// <summary>Whether an item may have come to a stage past another whose robots ran.</summary>
    public static bool AnyIn(PortalSnapshot portal, Stage stage) =>
        portal.Pipeline(stage.TypeId, stage.PipelineId)?.Stages.Any(s => portal.AutomationOf(s.TypeId, s.Id) is { Config.WhenPassed: true }) == true;

    private static int IndexOf(IReadOnlyList<Stage> stages, string id)
    {
        for (var i = 0; i < stages.Count; i++)
            if (stages[i].Id == id) return i;
        return -1;
    }
}
