using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>What triggers decided, and the timers they wait with.</summary>
internal static class TriggerStatements
{
    private const string Insert = """
        insert into timer as t (id, due_at, lane_id, job_kind, args)
        select * from unnest($1, $2, $3, $4, $5)
        """;

    private const string Replace = Insert + " on conflict (id) do update set due_at = excluded.due_at, lane_id = excluded.lane_id, job_kind = excluded.job_kind, args = excluded.args";

    private const string Yield = Insert + " on conflict (id) do nothing";

    public static void Add(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.TriggerRecords is { Count: > 0 } records)
            batch.Add("""
                insert into trigger_record (id, type_id, item_id, item_version, event, at, chain_id, depth, actor_id, stage_id, trigger_key, trigger_name, to_stage_id,
                  client_type_id, client_id, facts, candidates)
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
                """)
                .Longs(records.Select(r => r.Id)).Ints(records.Select(r => r.TypeId)).Longs(records.Select(r => r.ItemId)).Longs(records.Select(r => r.ItemVersion))
                .Texts(records.Select(r => r.Event)).Times(records.Select(r => r.At)).Uuids(records.Select(r => r.ChainId)).Ints(records.Select(r => r.Depth))
                .Longs(records.Select(r => r.ActorId)).Texts(records.Select(r => r.StageId)).Texts(records.Select(r => r.TriggerKey)).Texts(records.Select(r => r.TriggerName))
                .Texts(records.Select(r => r.ToStageId)).MaybeInts(records.Select(r => r.ClientTypeId)).MaybeLongs(records.Select(r => r.ClientId))
                .Jsons(records.Select(r => r.Facts)).Jsons(records.Select(r => r.Candidates));

        if (changes.ToldDeadlines is { Count: > 0 } told)
            batch.Add("""
                insert into task_deadline (task_id, deadline) select * from unnest($1, $2)
                on conflict (task_id) do update set deadline = excluded.deadline
                """).Longs(told.Select(d => d.TaskId)).Times(told.Select(d => d.Deadline));

        AddTimers(batch, changes);
    }

    private static void AddTimers(BatchBuilder batch, ChangeSet changes)
    {
        var moved = Last(changes.MovedTimers);
        // Within a unit the last word counts: a timer that is set after all is not dropped.
        var dropped = changes.DroppedTimers.Where(id => !moved.Exists(t => t.Id == id)).Distinct().Order().ToList();
        if (dropped.Count > 0) batch.Add("delete from timer where id = any($1)").Uuids(dropped);
        if (moved.Count > 0) Fill(batch.Add(Replace), moved);
        if (changes.FirstTimers.Count > 0) Fill(batch.Add(Yield), Last(changes.FirstTimers));
    }

    // One order for all, so that two units cannot lock crosswise; one row per id, because a statement may touch it only once.
    private static List<NewTimer> Last(List<NewTimer> timers) => [.. timers.GroupBy(t => t.Id).Select(g => g.Last()).OrderBy(t => t.Id)];

    private static void Fill(BatchBuilder.Statement statement, List<NewTimer> timers) =>
        statement.Uuids(timers.Select(t => t.Id)).Times(timers.Select(t => t.DueAt)).Longs(timers.Select(t => t.Lane.Number)).Texts(timers.Select(t => t.Kind)).Jsons(timers.Select(t => t.Args));
}
