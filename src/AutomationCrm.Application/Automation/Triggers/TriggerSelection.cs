using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>
/// Which trigger answers to an event (reference bitrix-automation 2.1): those of the item's pipeline in the order of their stages, stages
/// behind the current one only when the trigger allows it, the first that matches wins.
/// </summary>
internal static class TriggerSelection
{
    public static TriggerDecision Decide(IReadOnlyList<TriggerPlace> places, Item item, Pipeline pipeline, TriggerEvent happened, IValueSource source, EvaluationContext context)
    {
        var (moves, starts, candidates) = ((TriggerPlace?)null, new List<TriggerPlace>(), new List<TriggerCandidate>(places.Count));
        var current = OrderOf(pipeline, item.StageId);
        foreach (var place in places)
        {
            if (happened.OnlyKey is { } only && only != place.Plan.Key) continue;

            var candidate = Test(place, current, moves, happened, source, context);
            if (candidate.Code == TriggerCandidate.Applied) moves = place;
            else if (candidate.Code == TriggerCandidate.Started) starts.Add(place);
            candidates.Add(candidate);
        }

        if (moves is null || starts.Count == 0) return new(happened, moves, starts, candidates);

        // The item leaves: robots of its former stage would be cancelled at once.
        return new(happened, moves, [], [.. candidates.Select(c => c.Code == TriggerCandidate.Started ? c with { Code = "trigger.later", Message = $"{moves.Plan.Config.Name} moves the item away." } : c)]);
    }

    private static TriggerCandidate Test(TriggerPlace place, int current, TriggerPlace? winner, TriggerEvent happened, IValueSource source, EvaluationContext context)
    {
        var config = place.Plan.Config;
        if (!config.Enabled) return new(place, "trigger.disabled", "The trigger is switched off.");
        if (Mismatch(place, happened) is { } mismatch) return new(place, "trigger.settings", mismatch);
        if (!config.Move && place.Order != current) return new(place, "trigger.elsewhere", "The item does not stand on its stage.");
        if (config.Move && place.Order <= current && !config.AllowBackwards) return new(place, "trigger.backwards", "The item stands on its stage or behind it already.");
        if (config.Move && winner is not null) return new(place, "trigger.later", $"{winner.Plan.Config.Name} of an earlier stage came first.");

        if (place.Plan.Problems is [var problem, ..]) return new(place, "condition.unknown", problem.Message);
        var (holds, operands, failure) = place.Plan.Condition is { } condition ? ConditionRecord.Evaluate(condition, source, context) : (true, null, null);
        if (failure is not null) return new(place, "condition.unknown", failure.Message, operands);
        if (!holds) return new(place, "condition.false", "The condition is not true.", operands);
        return config.Move ? new(place, TriggerCandidate.Applied, "It moves the item.", operands) : new(place, TriggerCandidate.Started, "It starts its robots.", operands);
    }

    private static string? Mismatch(TriggerPlace place, TriggerEvent happened)
    {
        try
        {
            return place.Type.Mismatch(place.Plan.BoundBy(place.Type), happened);
        }
        catch (RuleBrokenException broken)
        {
            // Saved under rules that have changed since: the trigger is passed over and says why.
            return broken.Message;
        }
    }

    private static int OrderOf(Pipeline pipeline, string stageId)
    {
        for (var i = 0; i < pipeline.Stages.Count; i++)
            if (pipeline.Stages[i].Id == stageId) return i;
        return -1;
    }
}
