using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Common.Security;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Undo;

/// <summary>
/// Puts back the fields that the robots of a run have changed and nobody has touched since, however long ago; it starts no automation. The
/// stage, tasks, comments and calls stay: they are no values that could come back. For whoever may change the item.
/// </summary>
public sealed record RevertRun(long RunId) : ICommand<RunReverted>;

/// <param name="Fields">Codes of the fields that were put back.</param>
/// <param name="NotReverted">Fields that stay, and whose change stands in the way.</param>
public sealed record RunReverted(long Version, IReadOnlyList<string> Fields, IReadOnlyList<UndoNote> NotReverted);

internal sealed class RevertRunValidator : AbstractValidator<RevertRun>
{
    public RevertRunValidator() => RuleFor(c => c.RunId).GreaterThan(0).OverridePropertyName("run");
}

internal sealed class RevertRunHandler(IUnitOfWork work, CrmDbContext db, RunDesk desk) : IRequestHandler<RevertRun, RunReverted>
{
    public async Task<RunReverted> Handle(RevertRun request, CancellationToken cancellationToken)
    {
        var (run, item) = await desk.TakeAsync(request.RunId, cancellationToken);
        var (typeId, id) = (item.Ref.TypeId, item.Ref.Id);
        if (run.State == RunState.Running) throw new RuleBrokenException("revert.running", "The run has not ended yet.", "run");

        var own = await db.RobotRuns.AsNoTracking().Where(r => r.RunId == run.Id).Select(r => r.Id).ToHashSetAsync(cancellationToken);
        var since = await db.Events.AsNoTracking().Where(e => e.TypeId == typeId && e.ItemId == id && e.Version > run.ItemVersion && e.At >= run.StartedAt).OrderBy(e => e.Version).ToListAsync(cancellationToken);
        var notes = new List<UndoNote>();
        var fields = FieldRestore.Apply(item, since, e => e.RobotRunId is { } robot && own.Contains(robot), work.Portal.PersonName, notes);
        if (fields.Count == 0 && notes.Count == 0) throw new RuleBrokenException("revert.nothing", "The run has changed no field, or its fields are as they were already.", "run");
        if (fields.Count == 0) return new(item.Version, fields, notes);

        work.Caller.Quiet = true;
        FieldWriter.Derive(work, item);
        await NoteAsync(run, item, cancellationToken);
        return new(item.HasChanges ? item.Version + 1 : item.Version, fields, notes);
    }

    private async Task NoteAsync(Run run, Item item, CancellationToken ct) =>
        work.Changes.Add(work.Changes.TimelineNotes, new TimelineNote
        {
            Id = await work.NextIdAsync(ct),
            TypeId = item.Ref.TypeId,
            ItemId = item.Ref.Id,
            Kind = "run_reverted",
            At = work.Now,
            ActorId = work.Caller.PersonId,
            Subject = work.Portal.Stage(run.TypeId, run.StageId)?.Name ?? run.StageId,
        });
}
