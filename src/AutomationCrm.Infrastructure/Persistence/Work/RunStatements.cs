using AutomationCrm.Application.Data;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>Runs, robot runs and what they leave waiting.</summary>
internal static class RunStatements
{
    private static readonly RowStatement NewRuns = new("""
        insert into run (id, type_id, item_id, pipeline_id, stage_id, config_version, item_version, chain_id, depth, chain_count, cause, cause_robot_run_id,
          actor_id, run_as, from_stage_id, state, open_tracks, started_at, hold_until, finished_at, message, started_by, facts, launch_id)
        select * from %ROWS%
        """, 24);

    private static readonly RowStatement ChangedRuns = new("""
        update run r set state = d.state, open_tracks = d.open_tracks, finished_at = d.finished_at, message = d.message, variables = d.variables
        from %ROWS% as d(id, state, open_tracks, finished_at, message, variables) where r.id = d.id
        """, 6, planned: true);

    private static readonly RowStatement NewRobotRuns = new("""
        insert into robot_run (id, run_id, type_id, item_id, track, position, robot_key, robot_type, name, state, attempt, due_at, raw_settings, settings, operands, results,
          code, message, effect_key, planned_at, started_at, finished_at, duration_us, stage_id)
        select * from %ROWS%
        """, 24);

    private static readonly RowStatement ChangedRobotRuns = new("""
        update robot_run r set state = d.state, attempt = d.attempt, due_at = d.due_at, settings = d.settings, operands = d.operands, results = d.results, code = d.code,
          message = d.message, effect_key = d.effect_key, started_at = d.started_at, finished_at = d.finished_at, duration_us = d.duration_us
        from %ROWS%
          as d(id, state, attempt, due_at, settings, operands, results, code, message, effect_key, started_at, finished_at, duration_us)
        where r.id = d.id
        """, 13, planned: true);

    public static void Add(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.NewRuns is { Count: > 0 } runs)
            batch.Add(NewRuns, runs.Count)
                .Longs(runs.Select(r => r.Id)).Ints(runs.Select(r => r.TypeId)).Longs(runs.Select(r => r.ItemId)).Ints(runs.Select(r => r.PipelineId)).Texts(runs.Select(r => r.StageId))
                .Ints(runs.Select(r => r.ConfigVersion)).Longs(runs.Select(r => r.ItemVersion)).Uuids(runs.Select(r => r.ChainId)).Ints(runs.Select(r => r.Depth))
                .Ints(runs.Select(r => r.ChainCount)).Texts(runs.Select(r => r.Cause)).MaybeLongs(runs.Select(r => r.CauseRobotRunId)).Longs(runs.Select(r => r.ActorId))
                .Longs(runs.Select(r => r.RunAs)).Texts(runs.Select(r => r.FromStageId)).Shorts(runs.Select(r => (short)r.State)).Ints(runs.Select(r => r.OpenTracks))
                .Times(runs.Select(r => r.StartedAt)).MaybeTimes(runs.Select(r => r.HoldUntil)).MaybeTimes(runs.Select(r => r.FinishedAt)).Texts(runs.Select(r => r.Message))
                .Texts(runs.Select(r => r.StartedBy)).Jsons(runs.Select(r => r.Facts)).MaybeLongs(runs.Select(r => r.LaunchId));

        if (changes.ChangedRuns.Count > 0)
        {
            // A run may be noted several times in one batch; its last state counts.
            var changed = changes.ChangedRuns.Distinct().ToList();
            batch.Add(ChangedRuns, changed.Count)
                .Longs(changed.Select(r => r.Id)).Shorts(changed.Select(r => (short)r.State)).Ints(changed.Select(r => r.OpenTracks))
                .MaybeTimes(changed.Select(r => r.FinishedAt)).Texts(changed.Select(r => r.Message)).Jsons(changed.Select(r => r.Variables));
        }

        AddRobotRuns(batch, changes);
    }

    private static void AddRobotRuns(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.NewRobotRuns is { Count: > 0 } added)
            batch.Add(NewRobotRuns, added.Count)
                .Longs(added.Select(r => r.Id)).Longs(added.Select(r => r.RunId)).Ints(added.Select(r => r.TypeId)).Longs(added.Select(r => r.ItemId)).Ints(added.Select(r => r.Track))
                .Ints(added.Select(r => r.Position)).Texts(added.Select(r => r.RobotKey)).Texts(added.Select(r => r.RobotType)).Texts(added.Select(r => r.Name))
                .Shorts(added.Select(r => (short)r.State)).Ints(added.Select(r => r.Attempt)).MaybeTimes(added.Select(r => r.DueAt)).Jsons(added.Select(r => r.RawSettings))
                .Jsons(added.Select(r => r.Settings)).Jsons(added.Select(r => r.Operands)).Jsons(added.Select(r => r.Results)).Texts(added.Select(r => r.Code)).Texts(added.Select(r => r.Message))
                .MaybeUuids(added.Select(r => r.EffectKey)).Times(added.Select(r => r.PlannedAt)).MaybeTimes(added.Select(r => r.StartedAt)).MaybeTimes(added.Select(r => r.FinishedAt))
                .MaybeInts(added.Select(r => r.DurationUs)).Texts(added.Select(r => r.StageId));

        if (changes.ChangedRobotRuns is { Count: > 0 } changed)
            batch.Add(ChangedRobotRuns, changed.Count)
                .Longs(changed.Select(r => r.Id)).Shorts(changed.Select(r => (short)r.State)).Ints(changed.Select(r => r.Attempt)).MaybeTimes(changed.Select(r => r.DueAt))
                .Jsons(changed.Select(r => r.Settings)).Jsons(changed.Select(r => r.Operands)).Jsons(changed.Select(r => r.Results)).Texts(changed.Select(r => r.Code))
                .Texts(changed.Select(r => r.Message)).MaybeUuids(changed.Select(r => r.EffectKey)).MaybeTimes(changed.Select(r => r.StartedAt))
                .MaybeTimes(changed.Select(r => r.FinishedAt)).MaybeInts(changed.Select(r => r.DurationUs));
    }

    /// <summary>Comes after the timers and deliveries of the batch: a run may begin and be left behind in one batch.</summary>
    public static void AddCancelled(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.CancelledDeliveries is { Count: > 0 } held)
            batch.Add($"""
                with u as (update delivery set state = 4, finished_at = now() where effect_key = any($1) and state = 0 returning 1)
                select expect_rows((select count(*) from u), cardinality($1::uuid[]), '{ItemStatements.StaleItem}')
                """).Uuids(held);

        if (changes.CancelledRobotRuns is not { Count: > 0 } cancelled) return;

        var ids = cancelled.Select(c => c.Id).ToArray();
        batch.Add("delete from timer where robot_run_id = any($1)").Longs(ids);
        batch.Add("delete from watch where robot_run_id = any($1)").Longs(ids);
        // What is on its way already cannot be called back; its result meets a cancelled robot run.
        batch.Add("update delivery set state = 4, finished_at = now() where robot_run_id = any($1) and state = 0").Longs(ids);
        batch.Add("""
            update robot_run r set state = d.state, code = d.code, message = d.message, due_at = null, finished_at = now()
            from unnest($1, $2, $3, $4) as d(id, state, code, message) where r.id = d.id and (r.state in (0, 1, 4) or (r.state = 5 and d.state = 7))
            """)
            .Longs(ids).Shorts(cancelled.Select(c => (short)c.State)).Texts(cancelled.Select(c => c.Code)).Texts(cancelled.Select(c => c.Message));
    }
}
