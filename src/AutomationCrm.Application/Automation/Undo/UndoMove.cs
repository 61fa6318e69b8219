using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Card;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Undo;

/// <summary>
/// Takes back a move that the caller has just made by hand: stops what it set in motion, puts back the fields nobody has touched since,
/// and moves the item back as a move of its own that starts no automation.
/// </summary>
/// <param name="Version">The version that the move made, see <see cref="ItemMoved"/>.</param>
public sealed record UndoMove(ItemRef Item, long Version) : ICommand<MoveUndone>;

/// <param name="NotUndone">What stays as it is, and why.</param>
public sealed record MoveUndone(long Version, string StageId, IReadOnlyList<UndoNote> NotUndone);

/// <summary>Something that could not be taken back.</summary>
/// <param name="Code">comment, notification, delivery.sent, delivery.sending, field, task, former or others.</param>
/// <param name="Subject">The field's code, the task's title, the destination, or the robot's name.</param>
/// <param name="Person">Who stands in the way, where somebody does; empty is automation.</param>
/// <param name="Text">The whole in English.</param>
public sealed record UndoNote(string Code, string Subject, string? Person, string Text);

internal sealed class UndoMoveValidator : AbstractValidator<UndoMove>
{
    public UndoMoveValidator()
    {
        RuleFor(c => c.Item.Id).GreaterThan(0).OverridePropertyName("id");
        RuleFor(c => c.Version).GreaterThan(1).OverridePropertyName("version");
    }
}

internal sealed class UndoMoveHandler(IUnitOfWork work, CrmDbContext db, IAccess access, UndoWindow window, RunUndo runs) : IRequestHandler<UndoMove, MoveUndone>
{
    public async Task<MoveUndone> Handle(UndoMove request, CancellationToken cancellationToken)
    {
        // The item's lane stands still from here on: nothing of the run can happen between reading it and ending it.
        await work.LockForCommandAsync([request.Item], cancellationToken);
        var item = await work.GetItemAsync(request.Item, cancellationToken);
        access.Require(work.Caller, ItemAction.Update, item);
        var move = Require(await window.FindAsync(item.Ref, request.Version, cancellationToken));
        var since = await db.Events.AsNoTracking().Where(e => e.TypeId == item.Ref.TypeId && e.ItemId == item.Ref.Id && e.Version > request.Version).OrderBy(e => e.Version).ToListAsync(cancellationToken);
        RequireNotMovedOn(item, move, since);

        work.Caller.Quiet = work.Caller.Undoing = true;
        var notes = new List<UndoNote>();
        if (move.Run is { } run)
        {
            await runs.UndoAsync(run, notes, cancellationToken);
            FieldRestore.Apply(item, since, e => e.ChainId == run.ChainId, id => work.Portal.PersonName(id), notes);
            FieldWriter.Derive(work, item);
        }

        await runs.TellFormerAsync(item, move, notes, cancellationToken);
        var former = work.Portal.Stage(item.Ref.TypeId, move.FromStageId)
            ?? throw new RuleBrokenException("undo.stage", $"The stage {move.FromStageId} does not exist any more.", FieldCodes.Stage);
        item.MoveAcross(former, work.Portal.Stage(item.Ref.TypeId, item.StageId), work.Caller.PersonId, work.Now);
        return new(item.HasChanges ? item.Version + 1 : item.Version, former.Id, notes);
    }

    private UndoableMove Require(UndoableMove? move)
    {
        if (move is null || move.Move.RobotRunId is not null || move.Move.Depth > 0) throw new RuleBrokenException("undo.unknown", "This version of the item is no move made by hand.", "version");
        if (move.Move.ActorId != work.Caller.PersonId) throw new AccessDeniedException("undo a move that somebody else made");
        if (move.Run is { State: RunState.Undone }) throw new RuleBrokenException("undo.done", "The move is undone already.", "version");
        return move.Until > work.Now ? move : throw new RuleBrokenException("undo.late", "The time in which the move could be undone is over.", "version");
    }

    // What the run's own robots moved is taken back with it; a move of anybody else stands.
    private void RequireNotMovedOn(Item item, UndoableMove move, IReadOnlyList<StoredEvent> since)
    {
        var foreign = since.LastOrDefault(e => e.Kind is StoredEvent.Moved or StoredEvent.Undone && (move.Run is null || e.ChainId != move.Run.ChainId));
        if (foreign is null) return;

        var who = foreign.ActorId == 0 ? "Automation" : work.Portal.PersonName(foreign.ActorId);
        var stage = work.Portal.Stage(item.Ref.TypeId, item.StageId)?.Name ?? item.StageId;
        throw new ConflictException($"{who} has moved it to {stage} in the meantime.", foreign.ActorId, [FieldCodes.Stage]);
    }
}
