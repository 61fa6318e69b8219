using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Undo;

/// <summary>Ends the runs that a move set in motion, with all they left waiting, and says what is beyond recall.</summary>
internal sealed class RunUndo(CrmDbContext db, IUnitOfWork work)
{
    private const string Why = "The move was undone.";

    public async Task UndoAsync(Run first, List<UndoNote> notes, CancellationToken ct)
    {
        var chain = await db.Runs.AsNoTracking().Where(r => r.ChainId == first.ChainId && r.TypeId == first.TypeId && r.ItemId == first.ItemId).ToListAsync(ct);
        foreach (var run in chain)
        {
            (run.State, run.OpenTracks, run.FinishedAt, run.Message) = (RunState.Undone, 0, work.Now, Why);
            work.Changes.Add(work.Changes.ChangedRuns, run);
        }

        var ids = chain.ConvertAll(r => r.Id);
        await RobotRunsAsync(ids, ct);
        await DeliveriesAsync(first, ids, notes, ct);
        await IncidentsAsync(ids, ct);
        await TasksAsync(ids, notes, ct);
        await WordsAsync(first, ids, notes, ct);
    }

    /// <summary>What waited on the former stage was stopped when the item left it, and stays so.</summary>
    public async Task TellFormerAsync(Item item, UndoableMove move, List<UndoNote> notes, CancellationToken ct)
    {
        var (typeId, id, version) = (item.Ref.TypeId, item.Ref.Id, move.Move.Version);
        var stopped = await (
            from robotRun in db.RobotRuns.AsNoTracking()
            join run in db.Runs.AsNoTracking() on robotRun.RunId equals run.Id
            where run.TypeId == typeId && run.ItemId == id && run.ItemVersion < version && run.StageId == move.FromStageId
                && ((robotRun.State == RobotRunState.Cancelled && robotRun.FinishedAt >= move.Move.At)
                    || (run.State == RunState.Running && (robotRun.State == RobotRunState.Waiting || robotRun.State == RobotRunState.Retrying || robotRun.State == RobotRunState.Sending)))
            orderby robotRun.Id
            select robotRun.Name).Take(20).ToListAsync(ct);
        foreach (var name in stopped.Distinct()) notes.Add(new("former", name, null, $"{name} was waiting on the former stage and was stopped when the item left it."));
    }

    private async Task RobotRunsAsync(List<long> runs, CancellationToken ct)
    {
        var waiting = await db.RobotRuns.AsNoTracking()
            .Where(r => runs.Contains(r.RunId) && (r.State == RobotRunState.Waiting || r.State == RobotRunState.Sending || r.State == RobotRunState.Retrying || r.State == RobotRunState.Incident))
            .Select(r => r.Id).ToListAsync(ct);
        foreach (var id in waiting) work.Changes.Add(work.Changes.CancelledRobotRuns, new(id, RobotRunState.Undone, "run.undone", Why));
    }

    private async Task DeliveriesAsync(Run first, List<long> runs, List<UndoNote> notes, CancellationToken ct)
    {
        var deliveries = await db.Deliveries.AsNoTracking().Where(d => d.TypeId == first.TypeId && d.ItemId == first.ItemId && runs.Contains(d.RunId)).OrderBy(d => d.CreatedAt).ToListAsync(ct);
        foreach (var delivery in deliveries)
        {
            switch (delivery.State)
            {
                case DeliveryState.Waiting: work.Changes.Add(work.Changes.CancelledDeliveries, delivery.EffectKey); break;
                case DeliveryState.Delivered: notes.Add(new("delivery.sent", delivery.Destination, null, $"{delivery.RobotName} has already reached {delivery.Destination}.")); break;
                case DeliveryState.Sending or DeliveryState.Unknown: notes.Add(new("delivery.sending", delivery.Destination, null, $"{delivery.RobotName} is on its way to {delivery.Destination} and cannot be called back.")); break;
            }
        }

        if (deliveries.Count > 0) work.Hint(Topics.Outbox);
    }

    private async Task IncidentsAsync(List<long> runs, CancellationToken ct)
    {
        var open = await db.Incidents.AsNoTracking().Where(i => i.RunId != null && runs.Contains(i.RunId.Value) && i.State == 0).Select(i => i.Id).ToListAsync(ct);
        foreach (var id in open) work.Changes.Add(work.Changes.ResolvedIncidents, new(id, work.Caller.PersonId, "undone"));
        if (open.Count > 0) work.Hint(Topics.Attention);
    }

    private async Task TasksAsync(List<long> runs, List<UndoNote> notes, CancellationToken ct)
    {
        foreach (var task in await db.Tasks.AsNoTracking().Where(t => t.RunId != null && runs.Contains(t.RunId.Value)).OrderBy(t => t.Id).ToListAsync(ct))
        {
            if (task.State == TaskState.Open)
            {
                (task.State, task.ClosedAt, task.ClosedBy) = (TaskState.Cancelled, work.Now, work.Caller.PersonId);
                work.Changes.Add(work.Changes.ChangedTasks, task);
                work.Hint(Topics.Tasks);
            }
            else if (task.State == TaskState.Done)
            {
                var who = work.Portal.PersonName(task.ClosedBy ?? 0);
                notes.Add(new("task", task.Title, who, $"The task \"{task.Title}\" is already done{(who.Length > 0 ? $" by {who}" : "")}."));
            }
        }
    }

    // What people have read cannot be unread.
    private async Task WordsAsync(Run first, List<long> runs, List<UndoNote> notes, CancellationToken ct)
    {
        var comments = await db.Comments.AsNoTracking().Where(c => c.TypeId == first.TypeId && c.ItemId == first.ItemId && c.RunId != null && runs.Contains(c.RunId.Value)).OrderBy(c => c.Id).Select(c => c.Text).ToListAsync(ct);
        foreach (var text in comments) notes.Add(new("comment", Short(text), null, $"The comment \"{Short(text)}\" stays in the timeline."));

        var told = await db.Notifications.AsNoTracking().Where(n => n.RunId != null && runs.Contains(n.RunId.Value)).Select(n => n.PersonId).Distinct().ToListAsync(ct);
        foreach (var person in told) notes.Add(new("notification", work.Portal.PersonName(person), work.Portal.PersonName(person), $"{work.Portal.PersonName(person)} has already been notified."));

        if (await db.Runs.AnyAsync(r => r.ChainId == first.ChainId && r.Depth > 0 && (r.TypeId != first.TypeId || r.ItemId != first.ItemId), ct))
            notes.Add(new("others", "", null, "Automation of other items that this one has set in motion goes on."));
    }

    private static string Short(string text) => text.Length > 60 ? string.Concat(text.AsSpan(0, 60), "…") : text;
}
