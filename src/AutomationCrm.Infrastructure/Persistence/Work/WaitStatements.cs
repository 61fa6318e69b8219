using AutomationCrm.Application.Data;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>What waits for something to happen, and what has happened.</summary>
internal static class WaitStatements
{
    private static readonly RowStatement NewWatches = new("""
        insert into watch (type_id, item_id, signal, robot_run_id, lane_id, args) select * from %ROWS%
        on conflict do nothing
        """, 6);

    // "offset 0" keeps the planner from making a join of it that reads the whole table.
    private static readonly RowStatement Signals = new("""
        with w as materialized (
          select f.lane_id, f.args || jsonb_build_object('Signal', s.signal, 'Facts', s.facts) as args, s.n, f.robot_run_id
          from %ROWS% as s(type_id, item_id, signal, facts, n)
          cross join lateral (select robot_run_id, lane_id, args from watch where type_id = s.type_id and item_id = s.item_id and signal = s.signal offset 0) f),
        l as (
          insert into lane as l (id, state, run_at, pending) select lane_id, 0, now(), count(*)::int from w group by lane_id order by lane_id
          on conflict (id) do update set pending = l.pending + excluded.pending, state = case when l.state = 1 then 1 else 0 end,
            run_at = case when l.state = 0 then least(l.run_at, excluded.run_at) else excluded.run_at end
          returning id)
        insert into job (lane_id, seq, job_kind, args)
        select w.lane_id, nextval('job_seq'), 'run.track', w.args from (select * from w order by n, robot_run_id) w where exists (select 1 from l where l.id = w.lane_id)
        """, 4, numbered: true);

    /// <summary>Comes before the timers of the batch: a new moment takes the place of the old one.</summary>
    public static void AddDropped(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.StoppedTimers is { Count: > 0 } timers) batch.Add("delete from timer where robot_run_id = any($1)").Longs(timers.Distinct());
        if (changes.DroppedWatches is { Count: > 0 } watches) batch.Add("delete from watch where robot_run_id = any($1)").Longs(watches.Distinct());
    }

    public static void AddWatches(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.Watches is { Count: > 0 } added)
            batch.Add(NewWatches, added.Count)
                .Ints(added.Select(w => w.Item.TypeId)).Longs(added.Select(w => w.Item.Id)).Texts(added.Select(w => w.Signal)).Longs(added.Select(w => w.RobotRunId))
                .Longs(added.Select(w => w.Lane.Number)).Jsons(added.Select(w => w.Args));
    }

    /// <summary>Puts a job into the lane of everybody who watches; mostly nobody does, and it is one look into an index.</summary>
    public static void AddSignals(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.Signals is not { Count: > 0 } signals) return;

        batch.Add(Signals, signals.Count)
            .Ints(signals.Select(s => s.Item.TypeId)).Longs(signals.Select(s => s.Item.Id)).Texts(signals.Select(s => s.Code)).Jsons(signals.Select(s => s.Facts));
    }
}
