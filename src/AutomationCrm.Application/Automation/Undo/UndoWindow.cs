using AutomationCrm.Application.Automation.Dispatching;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Crm.Card;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Undo;

/// <summary>A move made by hand, with the run it started and the moment until which it may be taken back.</summary>
internal sealed record UndoableMove(StoredEvent Move, Run? Run, DateTimeOffset? Until, string FromStageId, string ToStageId);

/// <summary>Which moves may be undone and how long: until the run's hold is over, or the undo time of the stage when no run was started.</summary>
internal sealed class UndoWindow(CrmDbContext db, IPortal gate, Caller caller, TimeProvider clock)
{
    /// <summary>The move that made a version of the item; null when that version was no move.</summary>
    public async Task<UndoableMove?> FindAsync(ItemRef item, long version, CancellationToken ct)
    {
        var move = await db.Events.AsNoTracking().FirstOrDefaultAsync(e => e.TypeId == item.TypeId && e.ItemId == item.Id && e.Version == version, ct);
        if (move is null || move.Kind != StoredEvent.Moved || gate.Current.Type(item.TypeId) is not { } type) return null;
        if (StoredChanges.Read(move, type).FirstOrDefault(c => c.Code == FieldCodes.Stage) is not { Old: TextValue from, New: TextValue to }) return null;

        // The run of the stage it came to; a move that only met robots on its way has theirs.
        var run = await db.Runs.AsNoTracking().Where(r => r.TypeId == item.TypeId && r.ItemId == item.Id && r.ItemVersion == version && (r.StartedBy == null || r.StartedBy == PassedStages.Starter))
            .OrderBy(r => r.StartedBy != null).ThenBy(r => r.Id).FirstOrDefaultAsync(ct);
        return new(move, run, run is null ? Until(move, item.TypeId, to.Text) : run.HoldUntil, from.Text, to.Text);
    }

    /// <summary>What the caller may take back just now on an item's page.</summary>
    public async Task<UndoOffer?> OfferAsync(Item item, CancellationToken ct)
    {
        if (!item.Type.HasStages) return null;

        var (now, typeId, id) = (clock.GetUtcNow(), item.Ref.TypeId, item.Ref.Id);
        var since = now.AddHours(-1);
        var last = await db.Events.AsNoTracking()
            .Where(e => e.TypeId == typeId && e.ItemId == id && e.At > since && e.Depth == 0 && (e.Kind == StoredEvent.Moved || e.Kind == StoredEvent.Undone))
            .OrderByDescending(e => e.Version).FirstOrDefaultAsync(ct);
        if (last is not { Kind: StoredEvent.Moved } || last.ActorId != caller.PersonId) return null;

        return await FindAsync(item.Ref, last.Version, ct) is { Until: { } until } move && until > now && move.Run is not { State: RunState.Undone } ? new(last.Version, until, move.FromStageId) : null;
    }

    private DateTimeOffset? Until(StoredEvent move, int typeId, string stageId)
    {
        var seconds = gate.Current.AutomationOf(typeId, stageId)?.Config.UndoSeconds ?? StageAutomationConfig.DefaultUndoSeconds;
        return seconds > 0 ? move.At.AddSeconds(seconds) : null;
    }
}
