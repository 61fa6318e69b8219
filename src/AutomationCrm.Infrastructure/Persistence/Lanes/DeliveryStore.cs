using AutomationCrm.Application.Automation.Effects;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Persistence.Lanes;

/// <summary>The outbox: the claim is the committed "started" mark, the completion is fenced by its token.</summary>
internal sealed class DeliveryStore(NpgsqlDataSource database) : IDeliveryStore
{
    internal const string ClaimSql = """
        with c as materialized (select effect_key from delivery where state = 0 and due_at <= now() order by due_at limit $1 for update skip locked)
        update delivery set state = 1, lease_token = $2, owner = $3, started_at = now(), attempt = attempt + 1
        where effect_key = any(array(select effect_key from c))
        returning effect_key, lane_id, type_id, item_id, run_id, robot_run_id, robot_name, effect_kind, exact, destination, request::text, attempt, by_person, held
        """;

    internal const string ClaimKeysSql = """
        with c as materialized (select effect_key from delivery where effect_key = any($1) and state = 0 and due_at <= now() for update skip locked)
        update delivery set state = 1, lease_token = $2, owner = $3, started_at = now(), attempt = attempt + 1
        where effect_key = any(array(select effect_key from c))
        returning effect_key, lane_id, type_id, item_id, run_id, robot_run_id, robot_name, effect_kind, exact, destination, request::text, attempt, by_person, held
        """;

    internal const string DueSql = "select effect_key, destination from delivery where state = 0 and due_at <= now() order by due_at limit $1";

    internal const string DueElsewhereSql = "select effect_key, destination from delivery where state = 0 and due_at <= now() and destination <> all($2) order by due_at limit $1";

    // Spread over time, so that what waited does not come back all at once.
    internal const string PutOffSql = """
        with c as materialized (select effect_key, due_at from delivery where destination = $1 and state = 0 and due_at <= now() order by due_at limit 20000 for update skip locked),
        n as (select effect_key, row_number() over (order by due_at) as place from c)
        update delivery d set due_at = now() + $2 + n.place * interval '5 milliseconds' from n where d.effect_key = n.effect_key
        """;

    public Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(int node, int most, CancellationToken ct) =>
        ClaimAsync(ClaimSql, new NpgsqlParameter<int> { TypedValue = most }, node, Guid.CreateVersion7(), ct);

    public Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(int node, Guid token, IReadOnlyCollection<Guid> keys, CancellationToken ct) =>
        ClaimAsync(ClaimKeysSql, new NpgsqlParameter<Guid[]> { TypedValue = [.. keys] }, node, token, ct);

    public async Task GiveBackAsync(int node, Guid token, CancellationToken ct)
    {
        await using var command = database.CreateCommand("update delivery set state = 0, attempt = attempt - 1, started_at = null, lease_token = null, owner = null where owner = $1 and state = 1 and lease_token = $2");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = node });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token });
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(string sql, NpgsqlParameter what, int node, Guid token, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(what);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = node });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var claimed = new List<ClaimedDelivery>();
        while (await reader.ReadAsync(ct))
        {
            claimed.Add(new(
                new()
                {
                    EffectKey = reader.GetGuid(0),
                    LaneId = reader.GetInt64(1),
                    TypeId = reader.GetInt32(2),
                    ItemId = reader.GetInt64(3),
                    RunId = reader.GetInt64(4),
                    RobotRunId = reader.GetInt64(5),
                    RobotName = reader.GetString(6),
                    EffectKind = reader.GetString(7),
                    Exact = reader.GetBoolean(8),
                    Destination = reader.GetString(9),
                    Request = reader.GetString(10),
                    State = DeliveryState.Sending,
                    Attempt = reader.GetInt32(11),
                    ByPerson = await reader.IsDBNullAsync(12, ct) ? null : reader.GetInt64(12),
                    Held = await reader.IsDBNullAsync(13, ct) ? null : reader.GetString(13),
                },
                token));
        }

        return claimed;
    }

    public async Task<bool> CompleteAsync(DeliveryOutcome outcome, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var fence = new NpgsqlCommand("""
            update delivery set state = $3, due_at = coalesce(now() + $4, due_at), finished_at = case when $3 = 0 then null else now() end, lease_token = null, owner = null, by_person = null, held = null
            where effect_key = $1 and lease_token = $2 and state = 1
            """, connection, transaction))
        {
            fence.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = outcome.Claimed.Delivery.EffectKey });
            fence.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = outcome.Claimed.Token });
            fence.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)outcome.State });
            fence.Parameters.Add(new NpgsqlParameter<TimeSpan?> { TypedValue = outcome.Pause, NpgsqlDbType = NpgsqlDbType.Interval });
            if (await fence.ExecuteNonQueryAsync(ct) == 0) return false;
        }

        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(AttemptRow(outcome.Attempt));
        if (outcome.Then is { } then) AddJob(batch, outcome.Claimed.Delivery.LaneId, then.Kind, then.Args);
        if (outcome is { JobKind: { } kind, JobArgs: { } args }) AddJob(batch, outcome.Claimed.Delivery.LaneId, kind, args);
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task PostponeAsync(ClaimedDelivery claimed, TimeSpan pause, string? held, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            update delivery set state = 0, due_at = now() + $3, attempt = attempt - 1, held = $4, started_at = null, lease_token = null, owner = null
            where effect_key = $1 and lease_token = $2 and state = 1
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = claimed.Delivery.EffectKey });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = claimed.Token });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = pause });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = held, NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<IReadOnlyList<DueDelivery>> DueAsync(int most, IReadOnlyCollection<string> without, CancellationToken ct)
    {
        await using var command = database.CreateCommand(without.Count == 0 ? DueSql : DueElsewhereSql);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        if (without.Count > 0) command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. without] });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var due = new List<DueDelivery>();
        while (await reader.ReadAsync(ct)) due.Add(new(reader.GetGuid(0), reader.GetString(1)));
        return due;
    }

    public async Task<int> PutOffAsync(string destination, TimeSpan pause, CancellationToken ct)
    {
        await using var command = database.CreateCommand(PutOffSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = destination });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = pause });
        return await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<TimeSpan?> NextDueAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select greatest(due_at - now(), interval '0') from delivery where state = 0 order by due_at limit 1");
        return await command.ExecuteScalarAsync(ct) as TimeSpan?;
    }

    private static NpgsqlBatchCommand AttemptRow(DeliveryAttempt attempt)
    {
        var command = new NpgsqlBatchCommand("insert into delivery_attempt (effect_key, attempt, started_at, duration_ms, status, response, error, by_person) values ($1, $2, $3, $4, $5, $6, $7, $8)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = attempt.EffectKey });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = attempt.Attempt });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = attempt.StartedAt.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = attempt.DurationMs });
        command.Parameters.Add(new NpgsqlParameter<int?> { TypedValue = attempt.Status, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = attempt.Response, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = attempt.Error, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<long?> { TypedValue = attempt.ByPerson, NpgsqlDbType = NpgsqlDbType.Bigint });
        return command;
    }

    private static void AddJob(NpgsqlBatch batch, long lane, string kind, string args)
    {
        var upsert = new NpgsqlBatchCommand("""
            insert into lane as l (id, state, run_at, pending) values ($1, 0, now(), 1)
            on conflict (id) do update set pending = l.pending + 1, state = case when l.state = 1 then 1 else 0 end,
              run_at = case when l.state = 0 then least(l.run_at, excluded.run_at) else excluded.run_at end
            """);
        upsert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = lane });
        var job = new NpgsqlBatchCommand("insert into job (lane_id, seq, job_kind, args) values ($1, nextval('job_seq'), $2, $3)");
        job.Parameters.Add(new NpgsqlParameter<long> { TypedValue = lane });
        job.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind });
        job.Parameters.Add(new NpgsqlParameter<string> { TypedValue = args, NpgsqlDbType = NpgsqlDbType.Jsonb });
        batch.BatchCommands.Add(upsert);
        batch.BatchCommands.Add(job);
    }
}
