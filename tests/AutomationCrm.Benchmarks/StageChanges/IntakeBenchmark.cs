using System.Diagnostics;
using AutomationCrm.Testing.Nodes;
using Npgsql;

namespace AutomationCrm.Benchmarks.StageChanges;

/// <summary>Moves by REST against the bare endpoint, in turns, both as processes of their own on one database; then the answer times at half the peak.</summary>
internal static class IntakeBenchmark
{
    private const int Connections = 16;
    private const double Steady = 1.05;
    private static readonly TimeSpan WarmTurn = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestWarm = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(DurableServer server, int deals, TimeSpan time, Figures figures)
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using var app = new AppNode(Path.Combine(server.Folder, "intake"), BenchPortal.Settings(connectionString, "web"));
        app.Start();
        await app.ReadyAsync();
        await using var database = NpgsqlDataSource.Create(connectionString);
        await BenchPortal.AddDealsAsync(database, deals);
        await using var bare = new AppNode(Path.Combine(server.Folder, "bare"), new Dictionary<string, string>(), typeof(IntakeBenchmark).Assembly.Location, "bare-endpoint", connectionString);
        bare.Start();
        await bare.ReadyAsync();
        using var appDoor = await RestDoor.OpenAsync(app.Address, app.FirstRunFile, TimeSpan.FromSeconds(30), Connections);
        using var bareDoor = await RestDoor.OpenAsync(bare.Address, app.FirstRunFile, TimeSpan.FromSeconds(30), Connections);
        await BenchPortal.AddRobotsAsync(appDoor);

        var load = new Load([.. await DealIdsAsync(database)]);
        await WarmAsync(load, appDoor);
        await WarmAsync(load, bareDoor);
        var (ours, floors) = (new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            var (mine, myCpu) = await TurnAsync(load, app, appDoor, time);
            var (floor, floorCpu) = await TurnAsync(load, bare, bareDoor, time);
            ours.Add(mine);
            floors.Add(floor);
            Console.WriteLine($"intake {mine:F0}/s, bare {floor:F0}/s, ratio {mine / floor:F2}; CPU of the process {myCpu:F2} ms and {floorCpu:F2} ms a change");
        }

        figures.Add("intake_per_s", Figures.Median(ours));
        figures.Add("bare_per_s", Figures.Median(floors));
        figures.Add("intake_ratio", Figures.Median(ours.Zip(floors, (a, b) => a / b)), 3);
        await BenchPortal.ExecuteAsync(database, "vacuum analyze item, lane, job, run, event");

        var answers = await load.OpenAsync(appDoor, Figures.Median(ours) / 2, time * 2);
        figures.Add("p50_ms", Figures.Percentile(answers, 0.5), 1);
        figures.Add("p99_ms", Figures.Percentile(answers, 0.99), 1);
    }

    /// <summary>The runtime compiles hot code twice more before it is as fast as it stays: until two turns in a row bring nothing new.</summary>
    private static async Task WarmAsync(Load load, RestDoor door)
    {
        var (clock, best, calm) = (Stopwatch.StartNew(), 0.0, 0);
        while (calm < 2 && clock.Elapsed < LongestWarm)
        {
            var rate = await load.ClosedAsync(door, Connections, WarmTurn);
            calm = rate > best * Steady ? 0 : calm + 1;
            best = Math.Max(best, rate);
        }
    }

    private static async Task<(double PerSecond, double CpuMilliseconds)> TurnAsync(Load load, AppNode node, RestDoor door, TimeSpan time)
    {
        var before = node.Usage().Cpu;
        var rate = await load.ClosedAsync(door, Connections, time);
        return (rate, (node.Usage().Cpu - before).TotalMilliseconds / (rate * time.TotalSeconds));
    }

    internal static async Task<List<long>> DealIdsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select id from item where type_id = 2 order by id");
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<long>();
        while (await reader.ReadAsync()) ids.Add(reader.GetInt64(0));
        return ids;
    }
}
