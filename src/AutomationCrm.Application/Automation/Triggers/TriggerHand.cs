using AutomationCrm.Application.Automation.Dispatching;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>Carries a decision out in the present unit: the move is a command like any other, marked with its cause; everything is recorded.</summary>
internal sealed class TriggerHand(ISender sender, ChainBudget budget, StageChangeDispatcher dispatcher)
{
    /// <returns>Whether the item is going to move; the move itself follows the present reactions.</returns>
    public async ValueTask<bool> PlanAsync(TriggerDecision decision, Item item, IUnitOfWork work, CancellationToken ct)
    {
        if (!decision.IsWorthTelling) return false;

        var cause = NextCause(decision, work.Caller.Cause);
        if (!decision.IsEmpty && await RefusedAsync(decision, item, cause, work, ct)) return false;

        await RecordAsync(decision, item, cause, work, ct);
        if (decision.IsEmpty) return false;

        work.Changes.Add(work.Changes.Chains, new ChainGrowth(cause.ChainId, cause.Count - 1, 1));
        foreach (var place in decision.Starts) await StartAsync(place, item, cause, work, ct);
        if (decision.Moves is not { } moves) return false;

        await NoteAsync(moves, decision, item, work, ct);
        work.Follow(token => AsAsync(moves, item, cause, work, () => sender.Send(new MoveItem(item.Ref, moves.Stage.Id) { Again = true }, token)));
        return true;
    }

    private static Cause NextCause(TriggerDecision decision, Cause? cause) =>
        new(cause?.ChainId ?? Guid.CreateVersion7(), (cause?.Depth ?? 0) + 1, (cause?.Count ?? 0) + 1, RunId: 0, RobotRunId: 0)
        {
            HoldUntil = cause?.HoldUntil,
            Facts = FactJson.Write(decision.Event.Facts),
        };

    private async ValueTask<bool> RefusedAsync(TriggerDecision decision, Item item, Cause cause, IUnitOfWork work, CancellationToken ct)
    {
        if (await budget.RefuseAsync(item.Ref, cause, 1, work, ct) is not { } refusal) return false;

        var place = decision.Moves ?? decision.Starts[0];
        await AsAsync(place, item, cause, work, () => dispatcher.StopAsync(refusal, item, place.Stage, work, ct).AsTask());
        return true;
    }

    private async ValueTask StartAsync(TriggerPlace place, Item item, Cause cause, IUnitOfWork work, CancellationToken ct)
    {
        if (work.Portal.AutomationOf(item.Ref.TypeId, place.Stage.Id) is not { } automation || automation.CountOf(place.Plan.Key) == 0) return;

        await AsAsync(place, item, cause, work, () => dispatcher.StartAsync(new(item.Version, null), item, place.Stage, automation, place.Plan.Key, work, ct).AsTask());
    }

    // Under the trigger's name; afterwards the caller is who he was.
    private static async Task AsAsync(TriggerPlace place, Item item, Cause cause, IUnitOfWork work, Func<Task> act)
    {
        var caller = work.Caller;
        var (person, isAdmin, origin, before) = (caller.PersonId, caller.IsAdmin, caller.Origin, caller.Cause);
        caller.Become(place.Plan.RunAs(item), isAdmin: true, Origin.Trigger, cause);
        try
        {
            await act();
        }
        finally
        {
            caller.Become(person, isAdmin, origin, before);
        }
    }

    private static async ValueTask RecordAsync(TriggerDecision decision, Item item, Cause cause, IUnitOfWork work, CancellationToken ct)
    {
        var chosen = decision.Moves ?? (decision.Starts.Count > 0 ? decision.Starts[0] : null);
        work.Changes.Add(work.Changes.TriggerRecords, new TriggerRecord
        {
            Id = await work.NextIdAsync(ct),
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            ItemVersion = item.Version,
            Event = decision.Event.Code,
            At = work.Now,
            ChainId = cause.ChainId,
            Depth = cause.Depth,
            ActorId = work.Caller.PersonId,
            StageId = item.StageId,
            TriggerKey = chosen?.Plan.Key,
            TriggerName = chosen?.Plan.Config.Name,
            ToStageId = decision.Moves?.Stage.Id,
            ClientTypeId = decision.Event.Client?.TypeId,
            ClientId = decision.Event.Client?.Id,
            Facts = cause.Facts!,
            Candidates = decision.CandidatesJson(),
        });
    }

    private static async ValueTask NoteAsync(TriggerPlace place, TriggerDecision decision, Item item, IUnitOfWork work, CancellationToken ct)
    {
        var client = decision.Event.Client is { } reference && await work.FindItemAsync(reference, ct) is { } found ? $" ← {found.Title}" : "";
        work.Changes.Add(work.Changes.TimelineNotes, new TimelineNote
        {
            Id = await work.NextIdAsync(ct),
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            Kind = "trigger",
            At = work.Now,
            Subject = place.Plan.Config.Name,
            Text = $"→ {place.Stage.Name}{client}",
        });
    }
}
