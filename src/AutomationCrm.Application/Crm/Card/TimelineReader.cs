using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Crm.Tasks;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Crm.Card;

/// <summary>
/// Merges what happened to an item: each source gives its newest rows before the cursor, the newest of all make the page. Rows of one
/// commit share their moment, so the order is moment, kind, number.
/// </summary>
internal sealed class TimelineReader(CrmDbContext db, TimelineWords words)
{
    public const int PageSize = 30;

    public async Task<TimelinePage> ReadAsync(ItemRef item, IReadOnlyCollection<TimelineKind>? kinds, TimelineCursor? after, int take, CancellationToken ct)
    {
        bool Wanted(TimelineKind kind) => kinds is null or { Count: 0 } || kinds.Contains(kind);
        var rows = new List<(DateTimeOffset At, TimelineKind Kind, long Id, object Row)>();
        if (Wanted(TimelineKind.Change)) rows.AddRange((await EventsAsync(item, after, take + 1, ct)).Select(e => (e.At, TimelineKind.Change, e.Version, (object)e)));
        if (Wanted(TimelineKind.Comment)) rows.AddRange((await CommentsAsync(item, after, take + 1, ct)).Select(c => (c.At, TimelineKind.Comment, c.Id, (object)c)));
        if (Wanted(TimelineKind.Task)) rows.AddRange((await TasksAsync(item, after, take + 1, ct)).Select(t => (t.CreatedAt, TimelineKind.Task, t.Id, (object)t)));
        if (Wanted(TimelineKind.Run)) rows.AddRange((await RunsAsync(item, after, take + 1, ct)).Select(r => (r.StartedAt, TimelineKind.Run, r.Id, (object)r)));

        if (Wanted(TimelineKind.Note)) rows.AddRange((await NotesAsync(item, after, take + 1, ct)).Select(n => (n.At, TimelineKind.Note, n.Id, (object)n)));

        var ordered = rows.OrderByDescending(r => r.At).ThenBy(r => r.Kind).ThenByDescending(r => r.Id).Take(take + 1).ToList();
        var page = ordered.Take(take).ToList();
        TimelineCursor? next = ordered.Count > take ? new(page[^1].At, page[^1].Kind, page[^1].Id) : null;
        return new(await words.TellAsync(item, [.. page.Select(r => r.Row)], ct), next);
    }

    private Task<List<StoredEvent>> EventsAsync(ItemRef item, TimelineCursor? after, int take, CancellationToken ct)
    {
        var rows = db.Events.AsNoTracking().Where(e => e.TypeId == item.TypeId && e.ItemId == item.Id);
        if (after is { } c)
        {
            var (at, id) = (c.At, c.Id);
            rows = Place(c, TimelineKind.Change) switch
            {
                < 0 => rows.Where(e => e.At < at),
                0 => rows.Where(e => e.At < at || (e.At == at && e.Version < id)),
                _ => rows.Where(e => e.At <= at),
            };
        }

        return rows.OrderByDescending(e => e.At).ThenByDescending(e => e.Version).Take(take).ToListAsync(ct);
    }

    private Task<List<Comment>> CommentsAsync(ItemRef item, TimelineCursor? after, int take, CancellationToken ct)
    {
        var rows = db.Comments.AsNoTracking().Where(e => e.TypeId == item.TypeId && e.ItemId == item.Id);
        if (after is { } c)
        {
            var (at, id) = (c.At, c.Id);
            rows = Place(c, TimelineKind.Comment) switch
            {
                < 0 => rows.Where(e => e.At < at),
                0 => rows.Where(e => e.At < at || (e.At == at && e.Id < id)),
                _ => rows.Where(e => e.At <= at),
            };
        }

        return rows.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(take).ToListAsync(ct);
    }

    private Task<List<TimelineNote>> NotesAsync(ItemRef item, TimelineCursor? after, int take, CancellationToken ct)
    {
        var rows = db.TimelineNotes.AsNoTracking().Where(e => e.TypeId == item.TypeId && e.ItemId == item.Id);
        if (after is { } c)
        {
            var (at, id) = (c.At, c.Id);
            rows = Place(c, TimelineKind.Note) switch
            {
                < 0 => rows.Where(e => e.At < at),
                0 => rows.Where(e => e.At < at || (e.At == at && e.Id < id)),
                _ => rows.Where(e => e.At <= at),
            };
        }

        return rows.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(take).ToListAsync(ct);
    }

    private Task<List<TaskItem>> TasksAsync(ItemRef item, TimelineCursor? after, int take, CancellationToken ct)
    {
        var rows = db.Tasks.AsNoTracking().Where(e => e.TypeId == item.TypeId && e.ItemId == item.Id);
        if (after is { } c)
        {
            var (at, id) = (c.At, c.Id);
            rows = Place(c, TimelineKind.Task) switch
            {
                < 0 => rows.Where(e => e.CreatedAt < at),
                0 => rows.Where(e => e.CreatedAt < at || (e.CreatedAt == at && e.Id < id)),
                _ => rows.Where(e => e.CreatedAt <= at),
            };
        }

        return rows.OrderByDescending(e => e.CreatedAt).ThenByDescending(e => e.Id).Take(take).ToListAsync(ct);
    }

    private Task<List<Run>> RunsAsync(ItemRef item, TimelineCursor? after, int take, CancellationToken ct)
    {
        var rows = db.Runs.AsNoTracking().Where(e => e.TypeId == item.TypeId && e.ItemId == item.Id);
        if (after is { } c)
        {
            var (at, id) = (c.At, c.Id);
            rows = Place(c, TimelineKind.Run) switch
            {
                < 0 => rows.Where(e => e.StartedAt < at),
                0 => rows.Where(e => e.StartedAt < at || (e.StartedAt == at && e.Id < id)),
                _ => rows.Where(e => e.StartedAt <= at),
            };
        }

        return rows.OrderByDescending(e => e.StartedAt).ThenByDescending(e => e.Id).Take(take).ToListAsync(ct);
    }

    // Whether the kind comes before the cursor's among rows of one moment.
    private static int Place(TimelineCursor cursor, TimelineKind kind) => kind.CompareTo(cursor.Kind);
}
