namespace AutomationCrm.Campaign;

/// <summary>Invariants as questions to the database: each answers the cases that break it.</summary>
internal static class DatabaseChecks
{
    // A step that was taken out of its lane for a person names the deal.
    private const string NoIncident = "not exists (select 1 from incident i where i.type_id = r.type_id and i.item_id = r.item_id and i.state = 0)";

    public static readonly IReadOnlyList<(string Invariant, string What, string Sql)> Whole =
    [
        ("I2", "command ids without their event", "select command_id::text from command_log where command_id not in (select command_id from event where command_id is not null)"),
        ("I2", "events whose command id is not kept", "select command_id::text from event where command_id is not null and command_id not in (select command_id from command_log)"),
        ("I2", "moves without exactly one run", """
            select 'deal ' || e.item_id || ' version ' || e.version from event e
            where e.type_id = 2 and e.kind = 'moved' and (select count(*) from run r where r.type_id = 2 and r.item_id = e.item_id and r.item_version = e.version) <> 1
            """),
        ("I2", "deals whose moves and stage history differ", """
            select 'deal ' || i.id from item i where i.type_id = 2
              and (select count(*) from event e where e.type_id = 2 and e.item_id = i.id and e.kind = 'moved') <> (select count(*) from stage_history h where h.type_id = 2 and h.item_id = i.id and h.kind <> 1)
            """),
        ("I4", "items whose version is not the count of their events", """
            select i.type_id || '/' || i.id || ' version ' || i.version from item i
              left join (select type_id, item_id, count(*) n, count(distinct version) d, min(version) least, max(version) most from event group by 1, 2) e on e.type_id = i.type_id and e.item_id = i.id
            where e.n is distinct from i.version or e.d <> e.n or e.least <> 1 or e.most <> i.version
            """),
    ];

    public static readonly IReadOnlyList<(string Invariant, string What, string Sql)> All =
    [
        .. Whole,
        ("I5", "jobs left in lanes", "select 'lane ' || lane_id || ' job ' || seq || ' ' || job_kind from job"),
        ("I5", "lanes whose count of jobs is wrong", "select 'lane ' || l.id || ' says ' || l.pending from lane l where l.pending <> (select count(*) from job j where j.lane_id = l.id)"),
        ("I5", "lanes still held", "select 'lane ' || id || ' state ' || state from lane where state <> 2"),
        ("I5", "runs without an end and without an incident", $"select 'run ' || r.id from run r where r.state = 0 and {NoIncident}"),
        ("I5", "robot runs without an end and without an incident", $"""
            select 'robot run ' || r.id || ' place ' || r.track || '.' || r.position || ' state ' || r.state || ' delivery ' || coalesce((select d.state || ' attempt ' || d.attempt from delivery d where d.robot_run_id = r.id), 'none')
            from robot_run r where r.state in (0, 1, 4) and {NoIncident}
            """),
        ("I5", "deliveries without an end", "select effect_key::text from delivery where state in (0, 1)"),
        ("I5", "timers left", "select id::text from timer"),
        ("I5", "places of a track that ran more than once", "select 'run ' || run_id || ' place ' || track || '.' || position from robot_run group by run_id, track, position having count(*) > 1"),
        ("I5", "runs whose surviving track is not complete", """
            select 'run ' || r.id from run r where r.state in (1, 2)
              and (select count(*) from robot_run b where b.run_id = r.id and b.track = 0 and b.state = 2) <> 3 and not exists (select 1 from incident i where i.type_id = r.type_id and i.item_id = r.item_id)
            """),
        ("I5", "runs marked done with places missing", """
            select 'run ' || r.id from run r where r.state = 1
              and (select count(*) from robot_run b where b.run_id = r.id and b.state in (2, 3)) <> 5 and not exists (select 1 from robot_run b where b.run_id = r.id and b.state = 6)
            """),
        ("I5", "incidents that no lost worker explains", "select code || ' ' || message from incident where code <> 'worker.lost'"),
        ("I10", "finished robots whose task or comment is not there exactly once", """
            select 'robot run ' || b.id || ' ' || b.robot_type from robot_run b where b.robot_type in ('create_task', 'add_comment')
              and (select count(*) from task t where t.robot_run_id = b.id) + (select count(*) from comment c where c.robot_run_id = b.id) <> case when b.state = 2 then 1 else 0 end
            """),
        ("I10", "finished robots whose change is not there exactly once", """
            select 'robot run ' || b.id from robot_run b where b.robot_type = 'change_fields'
              and (select count(*) from event e where e.type_id = b.type_id and e.item_id = b.item_id and e.robot_run_id = b.id) <> case when b.state = 2 then 1 else 0 end
            """),
        ("I10", "tasks, comments or events of robot runs that are not recorded", """
            select 'robot run ' || robot_run_id from (select robot_run_id from task union all select robot_run_id from comment union all select robot_run_id from event) x
            where robot_run_id is not null and robot_run_id not in (select id from robot_run)
            """),
        ("I9", "robots of a track that began before the one ahead of them ended", """
            select 'robot run ' || b.id from robot_run a join robot_run b on b.run_id = a.run_id and b.track = a.track and b.position = a.position + 1
            where a.finished_at is null or b.planned_at < a.finished_at
            """),
        ("I9", "changes of a deal's runs in another order than its moves", """
            select 'deal ' || item_id || ' version ' || version from (
              select e.item_id, e.version, r.item_version, lag(r.item_version) over (partition by e.item_id order by e.version) before
              from event e join robot_run b on b.id = e.robot_run_id join run r on r.id = b.run_id where e.type_id = 2) x
            where before > item_version
            """),
        ("I4", "stages whose totals are not those of their items", """
            select coalesce(t.stage_id, i.stage_id) from (
              select stage_id, sum(items) items, sum(amount) amount from (
                select stage_id, items, amount from stage_total where type_id = 2 union all select stage_id, items, amount from stage_total_delta where type_id = 2) x group by 1) t
              full join (select stage_id, count(*) items, sum(amount_base) amount from item where type_id = 2 group by 1) i on i.stage_id = t.stage_id
            where coalesce(t.items, 0) <> coalesce(i.items, 0) or coalesce(t.amount, 0) <> coalesce(i.amount, 0)
            """),
    ];
}
