using AutomationCrm.Application.Lanes;
using AutomationCrm.Infrastructure.Persistence.Work;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Persistence.Lanes;

/// <summary>Claims and leases (reference reliability-security 2.2, 2.4). Each method is one short transaction.</summary>
internal sealed class LaneStore(NpgsqlDataSource database) : ILaneStore
{
    // What people wait for comes first, with a share left for the rest.
    // "= any(array(...))" and not a join: a prepared join turns into a scan of the whole table (the generic-plan trap).
    internal const string ClaimSql = """
        with u as materialized (
          select id from lane where state = 0 and urgent and run_at <= now() order by run_at limit $1 for update skip locked),
        c as materialized (
          select id from lane where state = 0 and run_at <= now() order by run_at limit greatest($1 - (select count(*) from u), 1 + $1 / 4) for update skip locked)
        update lane set state = 1, lease_token = $2, owner = $3, claimed_at = now(), attempts = attempts + 1
        where id = any(array(select id from u union select id from c))
        """;

    // A statement of its own: the claim locks the newest version of a lane but would read its jobs as they were when it began, done ones among them.
    internal const string ClaimedSql = """
        select l.id, l.attempts, j.seq, j.job_kind, j.args::text
        from lane l left join lateral (select seq, job_kind, args from job where lane_id = l.id order by seq limit $3) j on true
        where l.owner = $1 and l.state = 1 and l.lease_token = $2
        order by l.urgent desc, l.id, j.seq
        """;

    internal const string FireSql = """
        with d as materialized (select id from timer where due_at <= now() order by due_at limit $1 for update skip locked),
        t as (delete from timer where id = any(array(select id from d)) returning lane_id, job_kind, args, due_at),
        l as (
          insert into lane as l (id, state, run_at, pending) select lane_id, 0, now(), count(*)::int from t group by lane_id order by lane_id
          on conflict (id) do update set pending = l.pending + excluded.pending, state = case when l.state = 1 then 1 else 0 end,
            run_at = case when l.state = 0 then least(l.run_at, excluded.run_at) else excluded.run_at end
          returning id)
        insert into job (lane_id, seq, job_kind, args)
        select t.lane_id, nextval('job_seq'), t.job_kind, t.args from (select * from t order by due_at) t where exists (select 1 from l where l.id = t.lane_id)
        """;

    public async Task<IReadOnlyList<ClaimedLane>> ClaimAsync(int node, Guid token, int lanes, int jobsEach, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        var claim = new NpgsqlBatchCommand(ClaimSql);
        claim.Parameters.Add(new NpgsqlParameter<int> { TypedValue = lanes });
        claim.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token });
        claim.Parameters.Add(new NpgsqlParameter<int> { TypedValue = node });
        var read = new NpgsqlBatchCommand(ClaimedSql);
        read.Parameters.Add(new NpgsqlParameter<int> { TypedValue = node });
        read.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token });
        read.Parameters.Add(new NpgsqlParameter<int> { TypedValue = jobsEach });
        batch.BatchCommands.Add(claim);
        batch.BatchCommands.Add(read);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var claimed = new List<ClaimedLane>();
        var jobs = new List<Job>();
        while (await reader.ReadAsync(ct))
        {
            var id = new LaneId(reader.GetInt64(0));
            if (claimed.Count == 0 || claimed[^1].Id != id)
            {
                jobs = [];
                claimed.Add(new(id, token, reader.GetInt32(1), jobs));
            }

            if (!await reader.IsDBNullAsync(2, ct)) jobs.Add(new(id, reader.GetInt64(2), reader.GetString(3), reader.GetString(4)));
        }

        return claimed;
    }

    public async Task ReleaseAsync(IReadOnlyList<ClaimedLane> lanes, TimeSpan pause, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            update lane l set state = 0, run_at = now() + $3, lease_token = null, owner = null, claimed_at = null, attempts = 0
            from unnest($1, $2) as d(id, token) where l.id = d.id and l.lease_token = d.token and l.state = 1
            """);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. lanes.Select(l => l.Id.Number)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. lanes.Select(l => l.Token)] });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = pause });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task GiveBackAsync(IReadOnlyList<ClaimedLane> lanes, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            update lane l set state = 0, lease_token = null, owner = null, claimed_at = null, attempts = l.attempts - 1
            from unnest($1, $2) as d(id, token) where l.id = d.id and l.lease_token = d.token and l.state = 1
            """);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. lanes.Select(l => l.Id.Number)] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. lanes.Select(l => l.Token)] });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task ReleaseAsync(int node, Guid token, CancellationToken ct)
    {
        await using var command = database.CreateCommand("update lane set state = 0, run_at = now(), lease_token = null, owner = null, claimed_at = null, attempts = 0 where owner = $1 and state = 1 and lease_token = $2");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = node });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task QuarantineAsync(ClaimedLane lane, Incident incident, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            with u as (
              update lane set pending = pending - 1, state = case when pending > 1 then 0 else 2 end, run_at = now(), lease_token = null, owner = null, claimed_at = null, attempts = 0
              where id = $1 and lease_token = $2 and state = 1 returning id),
            j as (delete from job where lane_id = any(array(select id from u)) and seq = $3 returning seq),
            -- The run that the job belongs to says why it stands still.
            r as (update run set message = $7 where id = coalesce(($9::jsonb ->> 'Run')::bigint, ($9::jsonb ->> 'run')::bigint) and state = 0 and exists (select 1 from j) returning id)
            , lost_robot as (select ($9::jsonb ->> 'RobotRun')::bigint as id from j where $9::jsonb ->> 'RobotRun' is not null),
            counted as (
            """ + RobotStatStatements.AddLostSql + """
             )
            insert into incident (id, lane_id, type_id, item_id, run_id, robot_run_id, code, message, job_kind, args, state, created_at)
            select nextval('row_id'), $1, $4, $5, (select id from r), ($9::jsonb ->> 'RobotRun')::bigint, $6, $7, $8, $9, 0, now() from j
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = lane.Id.Number });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = lane.Token });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = lane.Jobs[0].Seq });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = lane.Id.Kind });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = lane.Id.Key });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = incident.Code });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = incident.Message });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = incident.JobKind! });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = incident.Args!, NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<int> FireTimersAsync(int most, CancellationToken ct)
    {
        await using var command = database.CreateCommand(FireSql);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        return await command.ExecuteNonQueryAsync(ct);
    }

    public Task<TimeSpan?> NextDueAsync(CancellationToken ct) =>
        SpanAsync("select greatest(due_at - now(), interval '0') from timer order by due_at limit 1", ct);

    public async Task<TimeSpan> OldestDueAsync(CancellationToken ct) =>
        await SpanAsync("select greatest(now() - run_at, interval '0') from lane where state = 0 and run_at <= now() order by run_at limit 1", ct) ?? TimeSpan.Zero;

    public async Task<int> RegisterNodeAsync(string name, string role, string version, TimeSpan lease, CancellationToken ct)
    {
        await using var command = database.CreateCommand("insert into node (name, role, version, started_at, lease_until) values ($1, $2, $3, now(), now() + $4) returning id");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = role });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = version });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task<bool> RenewAsync(int node, TimeSpan lease, CancellationToken ct)
    {
        await using var command = database.CreateCommand("update node set lease_until = now() + $2 where id = $1 and lease_until > now() and stopped_at is null");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = node });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    public async Task UnregisterNodeAsync(int node, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        foreach (var sql in (ReadOnlySpan<string>)["update lane set state = 0, lease_token = null, owner = null, claimed_at = null, attempts = 0 where owner = $1 and state = 1", "update node set stopped_at = now(), lease_until = now() where id = $1"])
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = node });
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    public async Task<int> ReapAsync(CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(LostSql + " update lane l set state = 0, run_at = now(), lease_token = null, owner = null, claimed_at = null where l.state = 1 and l.owner = any(array(select id from lost))"));
        // Repeatable effects go again with the same key; those that must not be repeated ask a person.
        batch.BatchCommands.Add(new(LostSql + " update delivery d set state = 0, due_at = now(), lease_token = null, owner = null where d.state = 1 and not d.exact and d.owner = any(array(select id from lost))"));
        batch.BatchCommands.Add(new(LostSql + """
            , unknown as (
              update delivery d set state = 5, lease_token = null, owner = null, finished_at = now()
              where d.state = 1 and d.exact and d.owner = any(array(select id from lost)) returning d.*),
            r as (update robot_run r set state = 5, code = 'effect.unknown', message = 'Sent, but nobody saw the outcome.' from unknown u where r.id = u.robot_run_id)
            , lost_robot as (select robot_run_id as id from unknown),
            counted as (
            """ + RobotStatStatements.AddLostSql + """
             )
            insert into incident (id, lane_id, type_id, item_id, run_id, robot_run_id, effect_key, code, message, job_kind, args, state, created_at)
            select nextval('row_id'), u.lane_id, u.type_id, u.item_id, u.run_id, u.robot_run_id, u.effect_key, 'effect.unknown', 'Sent, but nobody saw the outcome.',
              'run.track', jsonb_build_object('Run', u.run_id, 'Track', r.track, 'Position', r.position, 'RobotRun', u.robot_run_id, 'Resume', 3), 0, now()
            from unknown u join robot_run r on r.id = u.robot_run_id
            """));
        return await batch.ExecuteNonQueryAsync(ct);
    }

    public async Task SweepAsync(CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(TotalsFold.Sql));
        batch.BatchCommands.Add(new(RobotStatStatements.FoldSql));
        batch.BatchCommands.Add(new("delete from lane where state = 2 and pending = 0 and run_at < now() - interval '1 minute' and id = any(array(select id from lane where state = 2 and run_at < now() - interval '1 minute' limit 5000 for update skip locked))"));
        batch.BatchCommands.Add(new("delete from command_log where at < now() - interval '14 days' and command_id = any(array(select command_id from command_log where at < now() - interval '14 days' limit 5000))"));
        batch.BatchCommands.Add(new("delete from node where lease_until < now() - interval '1 day' and not exists (select 1 from lane where owner = node.id)"));
        batch.BatchCommands.Add(new("select make_event_partitions(current_date, 0, 3) where not exists (select 1 from pg_class where relname = 'event_' || to_char(current_date + interval '3 months', 'YYYY_MM') and relnamespace = current_schema()::regnamespace)"));
        await batch.ExecuteNonQueryAsync(ct);
    }

    // A node is lost when its lease is over by the database's clock, or when it has left.
    private const string LostSql = "with lost as (select id from node where lease_until <= now())";

    private async Task<TimeSpan?> SpanAsync(string sql, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(ct) as TimeSpan?;
    }
}
