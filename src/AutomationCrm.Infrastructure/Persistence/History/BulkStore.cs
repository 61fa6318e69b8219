using AutomationCrm.Application.Automation.Incidents.Bulk;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Infrastructure.Persistence.History;

internal sealed class BulkStore(NpgsqlDataSource database) : IBulkStore
{
    public async Task<int> StartAsync(BulkDecision decision, IReadOnlyCollection<long> ids, IncidentGroup? group, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            with chosen as materialized (
              select i.id from incident i left join robot_run r on r.id = i.robot_run_id
              where i.state = 0 and (i.id = any($6) or ($7 and i.code = $8 and r.type_id = $9 and r.stage_id = $10 and r.robot_key = $11))),
            made as (
              insert into bulk_decision (id, action, latest, author_id, created_at, state, total)
              select $1, $2, $3, $4, $5, 0, (select count(*) from chosen) where exists (select 1 from chosen) returning id)
            insert into bulk_decision_row (decision_id, incident_id, state) select made.id, chosen.id, 0 from made, chosen
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = decision.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = decision.Action });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = decision.Latest });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = decision.AuthorId });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = decision.CreatedAt.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. ids] });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = group is not null });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = group?.Code ?? "" });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = group?.TypeId ?? 0 });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = group?.StageId ?? "" });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = group?.RobotKey ?? "" });
        return await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<IReadOnlyList<IncidentGroupCount>> GroupsAsync(int most, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            select r.type_id, r.stage_id, r.robot_key, i.code, max(r.name), max(i.message), count(*), min(i.created_at)
            from incident i join robot_run r on r.id = i.robot_run_id where i.state = 0 and i.job_kind is not null
            group by 1, 2, 3, 4 having count(*) > 1 order by count(*) desc, 1, 2, 3, 4 limit $1
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var groups = new List<IncidentGroupCount>();
        while (await reader.ReadAsync(ct))
            groups.Add(new(new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)), reader.GetString(4), reader.GetString(5), reader.GetInt64(6), await reader.GetFieldValueAsync<DateTimeOffset>(7, ct)));
        return groups;
    }

    public async Task<BulkStep?> NextAsync(int most, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            with d as materialized (select id, action, latest, author_id, created_at, total from bulk_decision where state = 0 order by id limit 1)
            select d.id, d.action, d.latest, d.author_id, d.created_at, d.total,
              array(select incident_id from bulk_decision_row where decision_id = d.id and state = 0 order by incident_id limit $1) from d
            """);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;

        var decision = new BulkDecision
        {
            Id = reader.GetInt64(0),
            Action = reader.GetString(1),
            Latest = reader.GetBoolean(2),
            AuthorId = reader.GetInt64(3),
            CreatedAt = await reader.GetFieldValueAsync<DateTimeOffset>(4, ct),
            Total = reader.GetInt32(5),
        };
        var incidents = await reader.GetFieldValueAsync<long[]>(6, ct);
        return incidents.Length > 0 ? new(decision, incidents) : null;
    }

    public async Task RecordAsync(long decision, IReadOnlyCollection<BulkDecisionRow> rows, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        // Two nodes may have taken the same incidents; what one of them has decided is decided.
        var write = new NpgsqlBatchCommand("""
            update bulk_decision_row r set state = d.state, code = d.code, message = d.message, run_id = d.run_id
            from unnest($2, $3, $4, $5, $6) as d(incident_id, state, code, message, run_id)
            where r.decision_id = $1 and r.incident_id = d.incident_id and (r.state = 0 or d.state = 1)
            """);
        write.Parameters.Add(new NpgsqlParameter<long> { TypedValue = decision });
        write.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(r => r.IncidentId)] });
        write.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = [.. rows.Select(r => (short)r.State)] });
        write.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. rows.Select(r => r.Code)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        write.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. rows.Select(r => r.Message)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        write.Parameters.Add(new NpgsqlParameter<long?[]> { TypedValue = [.. rows.Select(r => r.RunId)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        batch.BatchCommands.Add(write);
        batch.BatchCommands.Add(Ended(decision, 1));
        await batch.ExecuteNonQueryAsync(ct);
    }

    public async Task<bool> CancelAsync(long decision, CancellationToken ct)
    {
        await using var command = database.CreateCommand("update bulk_decision set state = 2, finished_at = now() where id = $1 and state = 0");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = decision });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    private static NpgsqlBatchCommand Ended(long decision, short state)
    {
        var command = new NpgsqlBatchCommand("update bulk_decision set state = $2, finished_at = now() where id = $1 and state = 0 and not exists (select 1 from bulk_decision_row where decision_id = $1 and state = 0)");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = decision });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = state });
        return command;
    }
}
