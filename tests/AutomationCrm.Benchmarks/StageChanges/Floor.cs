using System.Diagnostics;
using Npgsql;

namespace AutomationCrm.Benchmarks.StageChanges;

/// <summary>
/// The rows of a drained queue written by hand: eight connections, prepared statements, nothing read and nothing checked.
/// Either one commit per robot run, or some 500 robot runs a commit with arrays.
/// </summary>
internal sealed class Floor(string connectionString)
{
    private const int Connections = 8;
    private const int RunsPerBatch = 167;

    private static long lastId = 1L << 41;

    /// <summary>Seconds.</summary>
    public async Task<double> SingleAsync(IReadOnlyList<QueuedRun> runs)
    {
        await using var database = Open();
        return await TimedAsync(async caller =>
        {
            await using var connection = await database.OpenConnectionAsync();
            for (var i = caller; i < runs.Count; i += Connections)
            {
                await NoteAsync(connection, [runs[i]]);
                await AskAsync(connection, [runs[i]]);
                await TellAsync(connection, [runs[i]]);
            }
        });
    }

    /// <summary>Seconds.</summary>
    public async Task<double> BatchedAsync(IReadOnlyList<QueuedRun> runs)
    {
        await using var database = Open();
        var batches = runs.Chunk(RunsPerBatch).ToList();
        return await TimedAsync(async caller =>
        {
            await using var connection = await database.OpenConnectionAsync();
            for (var i = caller; i < batches.Count; i += Connections)
            {
                await using var transaction = await connection.BeginTransactionAsync();
                await NoteAsync(connection, batches[i]);
                await AskAsync(connection, batches[i]);
                await TellAsync(connection, batches[i]);
                await transaction.CommitAsync();
            }
        });
    }

    private NpgsqlDataSource Open() =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 64, AutoPrepareMinUsages = 2, MaxPoolSize = Connections, NoResetOnClose = true });

    private static async Task<double> TimedAsync(Func<int, Task> work)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(caller => Task.Run(() => work(caller))));
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>The claim of the lane and what "change fields" writes.</summary>
    private static async Task NoteAsync(NpgsqlConnection connection, IReadOnlyList<QueuedRun> runs)
    {
        await using var batch = new NpgsqlBatch(connection);
        var rows = new Rows(batch);
        var now = Now();
        rows.Add("update lane set state = 1, lease_token = $2, owner = 1, claimed_at = now(), attempts = attempts + 1 where id = any($1)").Longs(runs, r => r.Lane).Id(Guid.CreateVersion7());
        rows.Add("""
            update item i set version = d.version, data = d.data, updated_at = $4, updated_by = 0, search = i.search
            from unnest($1, $2, $3) as d(id, version, data) where i.type_id = 2 and i.id = d.id and i.version = d.version - 1
            """).Longs(runs, r => r.Deal).Longs(runs, r => r.Version + 1).Jsons(runs, r => r.Data).Time(now);
        var ids = runs.Select(_ => Interlocked.Increment(ref lastId)).ToArray();
        rows.Add("""
            insert into event (type_id, item_id, version, at, kind, actor_id, chain_id, depth, robot_run_id, changes)
            select 2, d.id, d.version, $5, 'changed', 0, $6, 1, d.robot_run, d.changes from unnest($1, $2, $3, $4) as d(id, version, robot_run, changes)
            """).Longs(runs, r => r.Deal).Longs(runs, r => r.Version + 1).Longs(ids).Jsons(runs, r => r.NoteChanges).Time(now).Id(Guid.CreateVersion7());
        RobotRuns(rows, runs, ids, 0, ("note", "change_fields", "Note"), r => r.NoteRaw, r => r.NoteSettings, (r, _) => r.NoteResults, now);
        await batch.ExecuteNonQueryAsync();
    }

    private static async Task AskAsync(NpgsqlConnection connection, IReadOnlyList<QueuedRun> runs)
    {
        await using var batch = new NpgsqlBatch(connection);
        var rows = new Rows(batch);
        var (now, ids) = (Now(), runs.Select(_ => Interlocked.Increment(ref lastId)).ToArray());
        rows.Add("""
            insert into task (id, title, description, responsible_id, creator_id, type_id, item_id, created_at, run_id, robot_run_id)
            select d.id, d.title, 'Before it goes on.', 1, 0, 2, d.deal, $5, d.run, d.id from unnest($1, $2, $3, $4) as d(id, title, deal, run)
            """).Longs(ids).Texts(runs, r => r.TaskTitle).Longs(runs, r => r.Deal).Longs(runs, r => r.Run).Time(now);
        RobotRuns(rows, runs, ids, 1, ("ask", "create_task", "Ask"), r => r.AskRaw, r => r.AskSettings, (r, id) => r.Results("TaskId", id), now);
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>What "add a comment" writes, and the end of run, job and lane.</summary>
    private static async Task TellAsync(NpgsqlConnection connection, IReadOnlyList<QueuedRun> runs)
    {
        await using var batch = new NpgsqlBatch(connection);
        var rows = new Rows(batch);
        var (now, ids) = (Now(), runs.Select(_ => Interlocked.Increment(ref lastId)).ToArray());
        rows.Add("""
            insert into comment (id, type_id, item_id, author_id, text, at, run_id, robot_run_id)
            select d.id, 2, d.deal, 0, d.text, $5, d.run, d.id from unnest($1, $2, $3, $4) as d(id, text, deal, run)
            """).Longs(ids).Texts(runs, r => r.Comment).Longs(runs, r => r.Deal).Longs(runs, r => r.Run).Time(now);
        RobotRuns(rows, runs, ids, 2, ("tell", "add_comment", "Tell"), r => r.TellRaw, r => r.TellSettings, (r, id) => r.Results("CommentId", id), now);
        rows.Add("update run set state = 1, open_tracks = 0, finished_at = $2 where id = any($1)").Longs(runs, r => r.Run).Time(now);
        rows.Add("delete from job j using unnest($1, $2) as d(lane_id, seq) where j.lane_id = d.lane_id and j.seq = d.seq").Longs(runs, r => r.Lane).Longs(runs, r => r.Seq);
        rows.Add("update lane set pending = pending - 1, state = 2, run_at = now(), lease_token = null, owner = null, claimed_at = null, attempts = 0 where id = any($1)").Longs(runs, r => r.Lane);
        await batch.ExecuteNonQueryAsync();
    }

    private static void RobotRuns(
        Rows rows, IReadOnlyList<QueuedRun> runs, long[] ids, int track, (string Key, string Type, string Name) robot,
        Func<QueuedRun, string> raw, Func<QueuedRun, string> settings, Func<QueuedRun, long, string> results, DateTime now) =>
        rows.Add("""
            insert into robot_run (id, run_id, type_id, item_id, track, position, robot_key, robot_type, name, state, attempt, raw_settings, settings, results, planned_at, started_at, finished_at, duration_us)
            select d.id, d.run, 2, d.deal, $7, 0, $8, $9, $10, 2, 1, d.raw, d.settings, d.results, $11, $11, $11, 10 from unnest($1, $2, $3, $4, $5, $6) as d(id, run, deal, raw, settings, results)
            """)
            .Longs(ids).Longs(runs, r => r.Run).Longs(runs, r => r.Deal).Jsons(runs, raw).Jsons(runs, settings).Jsons([.. runs.Select((r, i) => results(r, ids[i]))])
            .Number(track).Text(robot.Key).Text(robot.Type).Text(robot.Name).Time(now);

    private static DateTime Now() => TimeProvider.System.GetUtcNow().UtcDateTime;
}
