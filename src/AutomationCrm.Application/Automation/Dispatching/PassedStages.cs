using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;

namespace AutomationCrm.Application.Automation.Dispatching;

/// <summary>
/// The stages that a move jumps over and whose robots want to run all the same (<see cref="StageAutomationConfig.WhenPassed"/>). Only a move
/// forward within one pipeline jumps over anything; giving an item up does not, wherever the lost stage stands.
/// </summary>
internal static class PassedStages
{
    /// <summary>What starts a run on a stage that was jumped over. No key of a trigger has a dot.</summary>
    public const string Starter = "stage.passed";

    /// <summary>In the order of the pipeline.</summary>
    public static IReadOnlyList<(Stage Stage, StageAutomation Automation)> Of(PortalSnapshot portal, Stage? from, Stage? to)
    {
        if (from is null || to is null or { Semantics: StageSemantics.Lost } || from.TypeId != to.TypeId || from.PipelineId != to.PipelineId) return [];
        if (portal.Pipeline(to.TypeId, to.PipelineId) is not { } pipeline) return [];

        var passed = new List<(Stage, StageAutomation)>();
        foreach (var stage in pipeline.Stages.SkipWhile(s => s.Id != from.Id).Skip(1).TakeWhile(s => s.Id != to.Id))
            if (stage.Semantics == StageSemantics.Process && portal.AutomationOf(stage.TypeId, stage.Id) is { Config.WhenPassed: true } automation && automation.CountOf(Starter) > 0) passed.Add((stage, automation));

        // Backwards the target is never met on the way.
        return passed.Count > 0 && IsForward(pipeline, from.Id, to.Id) ? passed : [];
    }

    /// <summary>Whether an item may have come to a stage past another whose robots ran.</summary>
    public static bool AnyIn(PortalSnapshot portal, Stage stage) =>
        portal.Pipeline(stage.TypeId, stage.PipelineId)?.Stages.Any(s => portal.AutomationOf(s.TypeId, s.Id) is { Config.WhenPassed: true }) == true;

    private static bool IsForward(Pipeline pipeline, string from, string to) => pipeline.Stages.SkipWhile(s => s.Id != from).Any(s => s.Id == to);
}
