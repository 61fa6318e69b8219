using AutomationCrm.Application.Data;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>Steps that a pause holds, and those that its end lets go.</summary>
internal static class PauseStatements
{
    public static void Add(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.HeldJobs is { Count: > 0 } held)
        {
            // Under the pause's lock: whoever resumes it waits for these rows, and after him the unit is decided again.
            batch.Add($"""
                with lasting as (select id from automation_pause where id = any($1) and resumed_at is null order by id for share)
                select expect_rows((select count(*) from lasting), cardinality($1::bigint[]), '{ItemStatements.StaleItem}')
                """).Longs(held.Select(h => h.PauseId).Distinct().Order());
            batch.Add("""
                insert into held_job (pause_id, run_id, track, position, lane_id, job_kind, args, at)
                select d.pause_id, d.run_id, d.track, d.position, d.lane_id, d.job_kind, d.args, d.at
                from unnest($1, $2, $3, $4, $5, $6, $7, $8) with ordinality as d(pause_id, run_id, track, position, lane_id, job_kind, args, at, n) order by d.n
                """)
                .Longs(held.Select(h => h.PauseId)).Longs(held.Select(h => h.RunId)).Ints(held.Select(h => h.Track)).Ints(held.Select(h => h.Position))
                .Longs(held.Select(h => h.LaneId)).Texts(held.Select(h => h.JobKind)).Jsons(held.Select(h => h.Args)).Times(held.Select(h => h.At));
        }

        if (changes.ReleasedJobs is { Count: > 0 } released) batch.Add("delete from held_job where id = any($1)").Longs(released.Order());
    }
}
