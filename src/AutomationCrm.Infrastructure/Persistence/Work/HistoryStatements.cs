using AutomationCrm.Application.Data;
using AutomationCrm.Infrastructure.Documents;
using AutomationCrm.Infrastructure.Files;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>What a command adds beside items: events, stage history, totals, tasks, comments, notifications.</summary>
internal static class HistoryStatements
{
    private static readonly RowStatement NewEvents = new("""
        insert into event (type_id, item_id, version, at, kind, actor_id, chain_id, depth, robot_run_id, command_id, changes)
        select * from %ROWS%
        """, 11);

    private static readonly RowStatement NewStageHistory = new("""
        insert into stage_history (id, type_id, item_id, kind, pipeline_id, stage_id, semantics, at, actor_id, depth)
        select d.id, d.type_id, d.item_id, d.kind, d.pipeline_id, d.stage_id, d.semantics::"char", d.at, d.actor_id, d.depth
        from %ROWS% as d(id, type_id, item_id, kind, pipeline_id, stage_id, semantics, at, actor_id, depth)
        """, 10);

    private static readonly RowStatement NewTotals = new("""
        insert into stage_total_delta (type_id, pipeline_id, stage_id, items, amount)
        select * from %ROWS%
        """, 5);

    private static readonly RowStatement NewComments = new("""
        insert into comment (id, type_id, item_id, author_id, text, at, run_id, robot_run_id)
        select * from %ROWS%
        """, 8);

    private static readonly RowStatement NewNotifications = new("""
        insert into notification (id, person_id, text, type_id, item_id, at, run_id, robot_run_id)
        select * from %ROWS%
        """, 8);

    private static readonly RowStatement NewNotes = new("""
        insert into timeline_note (id, type_id, item_id, kind, at, actor_id, subject, text, link, run_id, robot_run_id)
        select * from %ROWS%
        """, 11);

    private static readonly RowStatement NewTasks = new("""
        insert into task (id, version, title, description, responsible_id, creator_id, type_id, item_id, deadline, state, created_at, closed_at, closed_by, run_id, robot_run_id,
          kind, stage_id, checklist, observer_ids, accomplice_ids)
        select d.id, d.version, d.title, d.description, d.responsible_id, d.creator_id, d.type_id, d.item_id, d.deadline, d.state, d.created_at, d.closed_at, d.closed_by, d.run_id, d.robot_run_id,
          d.kind, d.stage_id, d.checklist, d.observers::bigint[], d.accomplices::bigint[]
        from %ROWS%
          as d(id, version, title, description, responsible_id, creator_id, type_id, item_id, deadline, state, created_at, closed_at, closed_by, run_id, robot_run_id,
            kind, stage_id, checklist, observers, accomplices)
        """, 20);

    public static void Add(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.Events is { Count: > 0 } events)
            batch.Add(NewEvents, events.Count)
                .Ints(events.Select(e => e.TypeId)).Longs(events.Select(e => e.ItemId)).Longs(events.Select(e => e.Version)).Times(events.Select(e => e.At))
                .Texts(events.Select(e => e.Kind)).Longs(events.Select(e => e.ActorId)).Uuids(events.Select(e => e.ChainId)).Ints(events.Select(e => e.Depth))
                .MaybeLongs(events.Select(e => e.RobotRunId)).MaybeUuids(events.Select(e => e.CommandId)).Jsons(events.Select(e => e.Changes));

        if (changes.StageHistory is { Count: > 0 } history)
            batch.Add(NewStageHistory, history.Count)
                .Longs(history.Select(h => h.Id)).Ints(history.Select(h => h.TypeId)).Longs(history.Select(h => h.ItemId)).Shorts(history.Select(h => h.Kind))
                .Ints(history.Select(h => h.PipelineId)).Texts(history.Select(h => h.StageId)).Texts(history.Select(h => h.Semantics.ToString()))
                .Times(history.Select(h => h.At)).Longs(history.Select(h => h.ActorId)).Ints(history.Select(h => h.Depth));

        if (changes.Totals is { Count: > 0 } totals)
            batch.Add(NewTotals, totals.Count)
                .Ints(totals.Select(t => t.TypeId)).Ints(totals.Select(t => t.PipelineId)).Texts(totals.Select(t => t.StageId)).Ints(totals.Select(t => t.Items)).Numbers(totals.Select(t => (decimal?)t.Amount));

        AddTasks(batch, changes);
        if (changes.Comments is { Count: > 0 } comments)
            batch.Add(NewComments, comments.Count)
                .Longs(comments.Select(c => c.Id)).Ints(comments.Select(c => c.TypeId)).Longs(comments.Select(c => c.ItemId)).Longs(comments.Select(c => c.AuthorId))
                .Texts(comments.Select(c => c.Text)).Times(comments.Select(c => c.At)).MaybeLongs(comments.Select(c => c.RunId)).MaybeLongs(comments.Select(c => c.RobotRunId));

        if (changes.Notifications is { Count: > 0 } notices)
            batch.Add(NewNotifications, notices.Count)
                .Longs(notices.Select(n => n.Id)).Longs(notices.Select(n => n.PersonId)).Texts(notices.Select(n => n.Text)).MaybeInts(notices.Select(n => n.TypeId))
                .MaybeLongs(notices.Select(n => n.ItemId)).Times(notices.Select(n => n.At)).MaybeLongs(notices.Select(n => n.RunId)).MaybeLongs(notices.Select(n => n.RobotRunId));

        AddFailureNotices(batch, changes);
        AddNotes(batch, changes);
    }

    // One unread line for an automation and robot, however many items fail; lines in one order, so that two batches cannot lock crosswise.
    private static void AddFailureNotices(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.FailureNotices is not { Count: > 0 } notices) return;

        var groups = notices.GroupBy(n => (n.PersonId, n.Place)).OrderBy(g => g.Key.PersonId).ThenBy(g => g.Key.Place, StringComparer.Ordinal).Select(g => (g.Key, Last: g.Last(), Count: g.Count())).ToList();
        batch.Add("""
            insert into notification as n (id, person_id, text, type_id, item_id, at, run_id, robot_run_id, group_key, count)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (person_id, group_key) where read_at is null and group_key is not null
            do update set count = n.count + excluded.count, text = excluded.text, type_id = excluded.type_id, item_id = excluded.item_id, at = excluded.at,
              run_id = excluded.run_id, robot_run_id = excluded.robot_run_id
            """)
            .Longs(groups.Select(g => g.Last.Id)).Longs(groups.Select(g => g.Key.PersonId)).Texts(groups.Select(g => g.Last.Text)).Ints(groups.Select(g => g.Last.TypeId))
            .Longs(groups.Select(g => g.Last.ItemId)).Times(groups.Select(g => g.Last.At)).Longs(groups.Select(g => g.Last.RunId))
            .MaybeLongs(groups.Select(g => g.Last.RobotRunId == 0 ? (long?)null : g.Last.RobotRunId)).Texts(groups.Select(g => g.Key.Place)).Ints(groups.Select(g => g.Count));
    }

    private static void AddNotes(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.TimelineNotes is { Count: > 0 } notes)
            batch.Add(NewNotes, notes.Count)
                .Longs(notes.Select(n => n.Id)).Ints(notes.Select(n => n.TypeId)).Longs(notes.Select(n => n.ItemId)).Texts(notes.Select(n => n.Kind)).Times(notes.Select(n => n.At))
                .Longs(notes.Select(n => n.ActorId)).Texts(notes.Select(n => n.Subject)).Texts(notes.Select(n => n.Text)).Texts(notes.Select(n => n.Link))
                .MaybeLongs(notes.Select(n => n.RunId)).MaybeLongs(notes.Select(n => n.RobotRunId));
        foreach (var file in changes.NewFiles) batch.Add(FileStatements.Insert).File(file);
        DocumentStatements.Add(batch, changes);
        QrPageStatements.Add(batch, changes);
    }

    private static void AddTasks(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.NewTasks is { Count: > 0 } tasks)
            batch.Add(NewTasks, tasks.Count)
                .Longs(tasks.Select(t => t.Id)).Longs(tasks.Select(t => t.Version)).Texts(tasks.Select(t => t.Title)).Texts(tasks.Select(t => t.Description))
                .Longs(tasks.Select(t => t.ResponsibleId)).Longs(tasks.Select(t => t.CreatorId)).MaybeInts(tasks.Select(t => t.TypeId)).MaybeLongs(tasks.Select(t => t.ItemId))
                .MaybeTimes(tasks.Select(t => t.Deadline)).Shorts(tasks.Select(t => (short)t.State)).Times(tasks.Select(t => t.CreatedAt)).MaybeTimes(tasks.Select(t => t.ClosedAt))
                .MaybeLongs(tasks.Select(t => t.ClosedBy)).MaybeLongs(tasks.Select(t => t.RunId)).MaybeLongs(tasks.Select(t => t.RobotRunId))
                .Shorts(tasks.Select(t => (short)t.Kind)).Texts(tasks.Select(t => t.StageId)).Jsons(tasks.Select(t => t.Checklist)).Texts(tasks.Select(t => Ids(t.ObserverIds))).Texts(tasks.Select(t => Ids(t.AccompliceIds)));

        if (changes.ChangedTasks is { Count: > 0 } changed)
            batch.Add($"""
                with u as (
                  update task t set version = t.version + 1, title = d.title, description = d.description, responsible_id = d.responsible_id, deadline = d.deadline,
                    state = d.state, closed_at = d.closed_at, closed_by = d.closed_by, checklist = d.checklist, observer_ids = d.observers::bigint[], accomplice_ids = d.accomplices::bigint[]
                  from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                    as d(id, version, title, description, responsible_id, deadline, state, closed_at, closed_by, checklist, observers, accomplices)
                  where t.id = d.id and t.version = d.version returning 1)
                select expect_rows((select count(*) from u), cardinality($1::bigint[]), '{ItemStatements.StaleItem}')
                """)
                .Longs(changed.Select(t => t.Id)).Longs(changed.Select(t => t.Version)).Texts(changed.Select(t => t.Title)).Texts(changed.Select(t => t.Description))
                .Longs(changed.Select(t => t.ResponsibleId)).MaybeTimes(changed.Select(t => t.Deadline)).Shorts(changed.Select(t => (short)t.State))
                .MaybeTimes(changed.Select(t => t.ClosedAt)).MaybeLongs(changed.Select(t => t.ClosedBy))
                .Jsons(changed.Select(t => t.Checklist)).Texts(changed.Select(t => Ids(t.ObserverIds))).Texts(changed.Select(t => Ids(t.AccompliceIds)));
    }

    // Lists of lists do not travel as parameters; an array in PostgreSQL's own spelling does.
    private static string Ids(long[] ids) => $"{{{string.Join(',', ids)}}}";
}
