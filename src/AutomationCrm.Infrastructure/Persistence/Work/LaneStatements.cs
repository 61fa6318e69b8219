using AutomationCrm.Application.Data;

namespace AutomationCrm.Infrastructure.Persistence.Work;

/// <summary>Deliveries, timers, incidents, jobs for lanes, and the completion of lanes under their token.</summary>
internal static class LaneStatements
{
    public const string StaleLane = "CR002";

    private static readonly RowStatement NewDeliveries = new("""
        insert into delivery (effect_key, lane_id, type_id, item_id, run_id, robot_run_id, robot_name, effect_kind, exact, destination, request, state, due_at, created_at)
        select * from %ROWS%
        on conflict (effect_key) do update set state = excluded.state, due_at = excluded.due_at, destination = excluded.destination, request = excluded.request, finished_at = null
        where delivery.state in (3, 4, 5)
        """, 14);

    private static readonly RowStatement NewTimers = new("""
        insert into timer (id, due_at, lane_id, run_id, robot_run_id, job_kind, args)
        select * from %ROWS%
        """, 7);

    private static readonly RowStatement FedLanes = new("""
        insert into lane as l (id, state, run_at, pending, urgent)
        select d.id, 0, now(), d.jobs, d.urgent from %ROWS% as d(id, jobs, urgent)
        on conflict (id) do update set pending = l.pending + excluded.pending, urgent = l.urgent or excluded.urgent,
          state = case when l.state = 1 then 1 else 0 end,
          run_at = case when l.state = 0 then least(l.run_at, excluded.run_at) else excluded.run_at end
        """, 3);

    private static readonly RowStatement NewJobs = new("""
        insert into job (lane_id, seq, job_kind, args)
        select d.lane_id, nextval('job_seq'), d.job_kind, d.args
        from %ROWS% as d(lane_id, job_kind, args, n) order by d.n
        """, 3, numbered: true);

    private static readonly RowStatement DoneJobs = new($"""
        with gone as (delete from job j using %ROWS% as d(lane_id, seq) where j.lane_id = d.lane_id and j.seq = d.seq returning 1)
        select expect_rows((select count(*) from gone), %COUNT%, '{StaleLane}')
        """, 2);

    private static readonly RowStatement CompletedLanes = new($"""
        with u as (
          update lane l set pending = l.pending - d.done, state = case when l.pending - d.done > 0 then 0 else 2 end, urgent = l.urgent and l.pending - d.done > 0, run_at = now(),
            lease_token = null, owner = null, claimed_at = null, attempts = 0
          from %ROWS% as d(id, token, done)
          where l.id = d.id and l.lease_token = d.token and l.state = 1 returning 1)
        select expect_rows((select count(*) from u), %COUNT%, '{StaleLane}')
        """, 3);

    public static void Add(BatchBuilder batch, WorkBatch work)
    {
        var changes = work.Changes;
        if (changes.NewDeliveries is { Count: > 0 } deliveries)
            batch.Add(NewDeliveries, deliveries.Count)
                .Uuids(deliveries.Select(d => d.EffectKey)).Longs(deliveries.Select(d => d.LaneId)).Ints(deliveries.Select(d => d.TypeId)).Longs(deliveries.Select(d => d.ItemId))
                .Longs(deliveries.Select(d => d.RunId)).Longs(deliveries.Select(d => d.RobotRunId)).Texts(deliveries.Select(d => d.RobotName)).Texts(deliveries.Select(d => d.EffectKind))
                .Flags(deliveries.Select(d => d.Exact)).Texts(deliveries.Select(d => d.Destination)).Jsons(deliveries.Select(d => d.Request)).Shorts(deliveries.Select(d => (short)d.State))
                .Times(deliveries.Select(d => d.DueAt)).Times(deliveries.Select(d => d.CreatedAt));

        WaitStatements.AddDropped(batch, changes);
        WaitStatements.AddWatches(batch, changes);
        if (changes.Timers is { Count: > 0 } timers)
            batch.Add(NewTimers, timers.Count)
                .Uuids(timers.Select(t => t.Id)).Times(timers.Select(t => t.DueAt)).Longs(timers.Select(t => t.Lane.Number)).MaybeLongs(timers.Select(t => t.RunId))
                .MaybeLongs(timers.Select(t => t.RobotRunId)).Texts(timers.Select(t => t.Kind)).Jsons(timers.Select(t => t.Args));

        if (changes.Incidents is { Count: > 0 } incidents)
            batch.Add("""
                insert into incident (id, lane_id, type_id, item_id, run_id, robot_run_id, effect_key, code, message, job_kind, args, state, created_at)
                select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                """)
                .Longs(incidents.Select(i => i.Id)).Longs(incidents.Select(i => i.LaneId)).MaybeInts(incidents.Select(i => i.TypeId)).MaybeLongs(incidents.Select(i => i.ItemId))
                .MaybeLongs(incidents.Select(i => i.RunId)).MaybeLongs(incidents.Select(i => i.RobotRunId)).MaybeUuids(incidents.Select(i => i.EffectKey)).Texts(incidents.Select(i => i.Code))
                .Texts(incidents.Select(i => i.Message)).Texts(incidents.Select(i => i.JobKind)).Jsons(incidents.Select(i => i.Args)).Shorts(incidents.Select(i => i.State))
                .Times(incidents.Select(i => i.CreatedAt));

        RunStatements.AddCancelled(batch, changes);
        AddDecisions(batch, changes);
        AddJobs(batch, work);
        WaitStatements.AddSignals(batch, changes);
        AddCompletions(batch, work.Lanes);
    }

    // What people decide about effects and incidents; whoever was faster makes the unit decide again.
    private static void AddDecisions(BatchBuilder batch, ChangeSet changes)
    {
        if (changes.SettledDeliveries is { Count: > 0 } settled)
            batch.Add($"""
                with u as (
                  update delivery d set state = s.state, due_at = now(), by_person = s.by_person, finished_at = case when s.state = 0 then null else now() end
                  from unnest($1, $2, $3, $4) as s(effect_key, was, state, by_person) where d.effect_key = s.effect_key and d.state = s.was returning 1)
                select expect_rows((select count(*) from u), cardinality($1::uuid[]), '{ItemStatements.StaleItem}')
                """)
                .Uuids(settled.Select(d => d.EffectKey)).Shorts(settled.Select(d => (short)d.From)).Shorts(settled.Select(d => (short)d.To)).Longs(settled.Select(d => d.By));

        if (changes.ResolvedIncidents is { Count: > 0 } resolved)
            batch.Add($"""
                with u as (
                  update incident i set state = 1, resolved_at = now(), resolved_by = r.by_person, resolution = r.resolution
                  from unnest($1, $2, $3) as r(id, by_person, resolution) where i.id = r.id and i.state = 0 returning 1)
                select expect_rows((select count(*) from u), cardinality($1::bigint[]), '{ItemStatements.StaleItem}')
                """)
                .Longs(resolved.Select(r => r.Id)).Longs(resolved.Select(r => r.By)).Texts(resolved.Select(r => r.Resolution));
    }

    private static void AddJobs(BatchBuilder batch, WorkBatch work)
    {
        if (work.Changes.Jobs is not { Count: > 0 } jobs) return;

        var lanes = jobs.GroupBy(j => j.Lane.Number).OrderBy(g => g.Key).Select(g => (Id: g.Key, Jobs: g.Count(), Urgent: g.Any(j => j.Urgent))).ToList();
        // Lanes of our own and of others in one order, so that two batches that feed each other's lanes cannot lock crosswise.
        if (work.Lanes.Count > 0 && lanes.Exists(l => !work.Lanes.Any(own => own.Lane.Number == l.Id)))
            batch.Add("select 1 from lane where id = any($1) order by id for update").Longs(lanes.Select(l => l.Id).Concat(work.Lanes.Select(l => l.Lane.Number)).Distinct().Order());

        // The upsert locks the lane first, so the numbers of its jobs grow in the order in which they become visible.
        batch.Add(FedLanes, lanes.Count)
            .Longs(lanes.Select(l => l.Id)).Ints(lanes.Select(l => l.Jobs)).Flags(lanes.Select(l => l.Urgent));
        batch.Add(NewJobs, jobs.Count)
            .Longs(jobs.Select(j => j.Lane.Number)).Texts(jobs.Select(j => j.Kind)).Jsons(jobs.Select(j => j.Args));
    }

    private static void AddCompletions(BatchBuilder batch, IReadOnlyList<LaneCompletion> lanes)
    {
        if (lanes.Count == 0) return;
#if CAMPAIGN
        if (CampaignDefects.AddCompletions(batch, lanes)) return;
#endif

        var done = lanes.SelectMany(l => l.DoneJobs.Select(seq => (Lane: l.Lane.Number, Seq: seq))).ToList();
        if (done.Count > 0)
            batch.Add(DoneJobs, done.Count).Longs(done.Select(d => d.Lane)).Longs(done.Select(d => d.Seq));

        var ordered = lanes.OrderBy(l => l.Lane.Number).ToList();
        batch.Add(CompletedLanes, ordered.Count)
            .Longs(ordered.Select(l => l.Lane.Number)).Uuids(ordered.Select(l => l.Token)).Ints(ordered.Select(l => l.DoneJobs.Count));
    }
}
