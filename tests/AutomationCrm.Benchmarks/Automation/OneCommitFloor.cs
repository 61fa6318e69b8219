using System.Diagnostics;
using AutomationCrm.Benchmarks.StageChanges;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Benchmarks.Automation;

/// <summary>The rows of the ten robots written by hand, one commit a robot run, eight connections, prepared, nothing read or checked.</summary>
internal sealed class OneCommitFloor(string connectionString)
{
    private const int Connections = 8;

    private static long lastId = 1L << 42;

    /// <summary>Seconds for all robots of these deals.</summary>
    public async Task<double> RunAsync(IReadOnlyList<(long Deal, long Run, long Seq)> runs)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 64, AutoPrepareMinUsages = 2, MaxPoolSize = Connections });
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(caller => Task.Run(async () =>
        {
            await using var connection = await database.OpenConnectionAsync();
            for (var i = caller; i < runs.Count; i += Connections)
                for (var robot = 0; robot < RobotsPortal.Robots; robot++) await RobotAsync(connection, runs[i], robot);
        })));
        return clock.Elapsed.TotalSeconds;
    }

    public static async Task<IReadOnlyList<(long Deal, long Run, long Seq)>> ReadAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select r.item_id, r.id, j.seq from job j join run r on r.id = (j.args->>'run')::bigint order by r.item_id");
        await using var reader = await command.ExecuteReaderAsync();
        var runs = new List<(long, long, long)>();
        while (await reader.ReadAsync()) runs.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)));
        return runs;
    }

    private static async Task RobotAsync(NpgsqlConnection connection, (long Deal, long Run, long Seq) run, int robot)
    {
        var (id, now, lane) = (Interlocked.Increment(ref lastId), TimeProvider.System.GetUtcNow().UtcDateTime, (2L << 44) | run.Deal);
        await using var batch = new NpgsqlBatch(connection);
        switch (robot)
        {
            case < 5 or 9:
                Add(batch, """update item set version = version + 1, data = '{"COMMENTS": "It took a step."}', updated_at = $2, updated_by = 0 where type_id = 2 and id = $1""", run.Deal, now);
                Add(batch, """
                    insert into event (type_id, item_id, version, at, kind, actor_id, chain_id, depth, robot_run_id, changes)
                    values (2, $1, $2, $3, 'changed', 0, '00000000-0000-0000-0000-000000000000', 1, $4, '{"COMMENTS": {"old": "As it came in.", "new": "It took a step."}}')
                    """, run.Deal, id, now, id);
                break;
            case 7:
                Add(batch, "insert into task (id, title, responsible_id, creator_id, type_id, item_id, created_at, run_id, robot_run_id) values ($1, 'Check it', 1, 0, 2, $2, $3, $4, $1)", id, run.Deal, now, run.Run);
                break;
            case 8:
                Add(batch, "insert into comment (id, type_id, item_id, author_id, text, at, run_id, robot_run_id) values ($1, 2, $2, 0, 'It is checked.', $3, $4, $1)", id, run.Deal, now, run.Run);
                break;
        }

        Add(batch, """
            insert into robot_run (id, run_id, type_id, item_id, stage_id, track, position, robot_key, robot_type, name, state, attempt, raw_settings, settings, operands, results, code, message, planned_at, started_at, finished_at, duration_us)
            values ($1, $2, 2, $3, 'PREPARATION', $4, 0, 'robot', 'change_fields', 'Robot', $5, 1, '{"fields": {"COMMENTS": "{=Document:TITLE} took a step."}}', '{"fields": {"COMMENTS": "It took a step."}}', null, null, null, null, $6, $6, $6, 10)
            """, id, run.Run, run.Deal, robot, robot is 5 or 6 ? 3 : 2, now);
        if (robot == RobotsPortal.Robots - 1)
        {
            Add(batch, "update run set state = 1, open_tracks = 0, finished_at = $2 where id = $1", run.Run, now);
            Add(batch, "delete from job where lane_id = $1 and seq = $2", lane, run.Seq);
            Add(batch, "update lane set pending = pending - 1, state = 2, run_at = now() where id = $1", lane);
        }

        await batch.ExecuteNonQueryAsync();
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> arguments)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var argument in arguments)
            command.Parameters.Add(argument switch
            {
                long number => new NpgsqlParameter<long> { TypedValue = number },
                int number => new NpgsqlParameter<int> { TypedValue = number },
                DateTime at => new NpgsqlParameter<DateTime> { TypedValue = at, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                _ => throw new ArgumentException($"No parameter for {argument.GetType().Name}."),
            });
        batch.BatchCommands.Add(command);
    }
}
