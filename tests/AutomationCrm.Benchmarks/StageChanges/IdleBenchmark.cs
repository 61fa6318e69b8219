using AutomationCrm.Testing.Nodes;
using Npgsql;

namespace AutomationCrm.Benchmarks.StageChanges;

/// <summary>A node that does everything and has nothing to do: what it costs, and how soon a robot starts after a move.</summary>
internal static class IdleBenchmark
{
    private const int Moves = 120;
    // A node that polls once a second takes half a minute until the runtime has compiled what it polls with for good.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(12);

    public static async Task RunAsync(DurableServer server, Figures figures)
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var app = new AppNode(Path.Combine(server.Folder, "idle"), BenchPortal.Settings(connectionString, "all"));
        app.Start();
        await app.ReadyAsync();
        await using var database = NpgsqlDataSource.Create(connectionString);
        await BenchPortal.AddDealsAsync(database, Moves);
        using var door = await RestDoor.OpenAsync(app.Address, app.FirstRunFile, TimeSpan.FromSeconds(30));
        await BenchPortal.AddRobotsAsync(door);
        var load = new Load([.. await IntakeBenchmark.DealIdsAsync(database)]);
        for (var i = 0; i < 20; i++) await load.MoveAsync(door, i);
        await Task.Delay(Settle);

        var before = app.Usage();
        await Task.Delay(Watch);
        var after = app.Usage();
        figures.Add("idle_core_percent", (after.Cpu - before.Cpu) / Watch * 100, 2);
        figures.Add("rss_mb", after.ResidentBytes / 1048576.0, 1);

        var since = TimeProvider.System.GetUtcNow();
        var pauses = new Random(17);
        for (var i = 0; i < Moves; i++)
        {
            await load.MoveAsync(door, i);
            await Task.Delay(pauses.Next(50, 250));
        }

        var waits = await PickUpAsync(database, since);
        figures.Add("pickup_p50_ms", Figures.Percentile(waits, 0.5), 1);
        figures.Add("pickup_p99_ms", Figures.Percentile(waits, 0.99), 1);
    }

    /// <summary>Milliseconds from the move (before its commit) to the start of the first robot, by the node's clock.</summary>
    private static async Task<List<double>> PickUpAsync(NpgsqlDataSource database, DateTimeOffset since)
    {
        await using var command = database.CreateCommand("select min(extract(epoch from b.started_at - r.started_at) * 1000)::float8 from run r join robot_run b on b.run_id = r.id where r.started_at >= $1 group by r.id");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = since.UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync();
        var waits = new List<double>();
        while (await reader.ReadAsync()) waits.Add(reader.GetDouble(0));
        return waits.Count == Moves ? waits : throw new InvalidOperationException($"{waits.Count} of {Moves} moves were picked up.");
    }
}
