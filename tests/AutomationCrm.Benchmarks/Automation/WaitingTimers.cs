using System.Globalization;
using AutomationCrm.Benchmarks.StageChanges;
using AutomationCrm.Testing.Nodes;
using Npgsql;
using NpgsqlTypes;

namespace AutomationCrm.Benchmarks.Automation;

/// <summary>Timers as delays leave them: those of other days as bare rows by COPY, those that come due with the run and the waiting robot they belong to.</summary>
internal sealed class WaitingTimers(NpgsqlDataSource database)
{
    public const int PerSecond = 100;
    private const string Stage = "FINAL_INVOICE";

    public static Task AddRobotAsync(RestDoor door) => door.RequireAsync("automation.stage.set", new
    {
        entityTypeId = BenchPortal.DealType,
        categoryId = 0,
        stageId = Stage,
        undoSeconds = 0,
        robots = new[] { new { key = "later", type = "add_comment", name = "Later", delay = new { after = "PT10M" }, settings = new { text = "{=Document:TITLE} has waited." } } },
    });

    /// <summary>Due from tomorrow on, one a second.</summary>
    public async Task AddFarAsync(int count, long[] deals)
    {
        var from = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1);
        await using (var connection = await database.OpenConnectionAsync())
        await using (var copy = await connection.BeginBinaryImportAsync("copy timer (id, due_at, lane_id, run_id, robot_run_id, job_kind, args) from stdin (format binary)"))
        {
            for (var i = 0; i < count; i++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
                await copy.WriteAsync(from.AddSeconds(i), NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(((long)BenchPortal.DealType << 44) | deals[i % deals.Length], NpgsqlDbType.Bigint);
                // Numbers that no run of the portal has.
                await copy.WriteAsync((1L << 50) + i, NpgsqlDbType.Bigint);
                await copy.WriteAsync((1L << 50) + i, NpgsqlDbType.Bigint);
                await copy.WriteAsync("run.track", NpgsqlDbType.Text);
                await copy.WriteAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"Run": {{(1L << 50) + i}}, "Track": 0, "Position": 0, "RobotRun": {{(1L << 50) + i}}, "Resume": 1}"""), NpgsqlDbType.Jsonb);
            }

            await copy.CompleteAsync();
        }

        await BenchPortal.ExecuteAsync(database, "vacuum analyze timer");
    }

    /// <summary>One waiting robot for each deal, a hundred of them due each second from now on.</summary>
    public async Task AddDueAsync(long[] deals)
    {
        var version = await BenchPortal.ScalarAsync<int>(database, $"select max(number) from config_version where key = '2:{Stage}'");
        await BenchPortal.ExecuteAsync(database, """
            with d as (
              select id, nextval('row_id') run, nextval('row_id') robot_run, now() + interval '2 seconds' + (n - 1) * interval '1 second' / $4 due
              from unnest($1::bigint[]) with ordinality as given (id, n)),
            i as (
              update item set stage_id = $2, version = version + 1, moved_at = now() from d where type_id = 2 and item.id = d.id returning item.id, version),
            r as (
              insert into run (id, type_id, item_id, pipeline_id, stage_id, config_version, item_version, chain_id, depth, chain_count, cause, actor_id, run_as, state, open_tracks, started_at)
              select run, 2, d.id, 0, $2, $3, version, gen_random_uuid(), 0, 1, 'rest', 1, 0, 0, 1, now() from d join i using (id)),
            b as (
              insert into robot_run (id, run_id, type_id, item_id, stage_id, track, position, robot_key, robot_type, name, state, attempt, due_at, raw_settings, planned_at)
              select robot_run, run, 2, id, $2, 0, 0, 'later', 'add_comment', 'Later', 0, 1, due, '{"text": "{=Document:TITLE} has waited."}', now() from d)
            insert into timer (id, due_at, lane_id, run_id, robot_run_id, job_kind, args)
            select gen_random_uuid(), due, (2::bigint << 44) | id, run, robot_run, 'run.track', jsonb_build_object('Run', run, 'Track', 0, 'Position', 0, 'RobotRun', robot_run, 'Resume', 1, 'Due', due) from d
            """, deals, Stage, version, PerSecond);
    }

    /// <summary>Milliseconds from when each robot was due to its start; waits until all are done.</summary>
    public async Task<IReadOnlyList<double>> LatenessAsync(long[] deals)
    {
        var until = TimeProvider.System.GetUtcNow().AddMinutes(2);
        for (; ; )
        {
            var late = await DoneAsync(deals);
            if (late.Count == deals.Length) return late;
            if (TimeProvider.System.GetUtcNow() > until) throw new TimeoutException($"{late.Count} of {deals.Length} robots with a delay were done.");
            await Task.Delay(500);
        }
    }

    private async Task<List<double>> DoneAsync(long[] deals)
    {
        // The robot keeps no due time once it has run: its place in the order says it.
        await using var command = database.CreateCommand("""
            select extract(epoch from b.started_at - (b.planned_at + interval '2 seconds' + (n - 1) * interval '1 second' / $2))::float8 * 1000
            from unnest($1::bigint[]) with ordinality as given (id, n) join robot_run b on b.type_id = 2 and b.item_id = given.id and b.robot_key = 'later' where b.state = 2
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = deals });
        command.Parameters.Add(new NpgsqlParameter { Value = PerSecond });
        await using var reader = await command.ExecuteReaderAsync();
        var late = new List<double>();
        while (await reader.ReadAsync()) late.Add(reader.GetDouble(0));
        return late;
    }
}
