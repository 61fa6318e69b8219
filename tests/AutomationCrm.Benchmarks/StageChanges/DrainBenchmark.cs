using AutomationCrm.Testing.Nodes;
using Npgsql;

namespace AutomationCrm.Benchmarks.StageChanges;

/// <summary>A full queue emptied by the executor, against the same rows written by hand; in turns on one database.</summary>
internal static class DrainBenchmark
{
    private const string Counts = """
        select concat_ws(' ', (select count(*) from event where kind = 'changed'), (select count(*) from robot_run where state = 2), (select count(*) from task), (select count(*) from comment),
          (select count(*) from run where state = 1), (select count(*) from job), (select count(*) from lane where state = 2 and pending = 0))
        """;

    public static async Task RunAsync(DurableServer server, int deals, Figures figures)
    {
        var connectionString = await server.CreateDatabaseAsync();
        await using (var app = new AppNode(Path.Combine(server.Folder, "drain"), BenchPortal.Settings(connectionString, "web")))
        {
            app.Start();
            await app.ReadyAsync();
            using var door = await RestDoor.OpenAsync(app.Address, app.FirstRunFile, TimeSpan.FromSeconds(30));
            await BenchPortal.AddRobotsAsync(door);
            await app.StopAsync();
        }

        await using var database = NpgsqlDataSource.Create(connectionString);
        await BenchPortal.AddDealsAsync(database, deals);
        var floor = new Floor(connectionString);
        await OnceAsync(database, 500, runs => floor.SingleAsync(runs));
        await OnceAsync(database, 500, _ => ProductDrain.RunAsync(database, connectionString));
        await OnceAsync(database, 500, runs => floor.BatchedAsync(runs));
        var (ours, singles, batched) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            ours.Add(await OnceAsync(database, deals, _ => ProductDrain.RunAsync(database, connectionString)));
            singles.Add(await OnceAsync(database, deals, runs => floor.SingleAsync(runs)));
            batched.Add(await OnceAsync(database, deals, runs => floor.BatchedAsync(runs)));
            Console.WriteLine($"drain {ours[^1]:F0}/s, one commit each {singles[^1]:F0}/s, batched {batched[^1]:F0}/s");
        }

        figures.Add("drain_per_s", Figures.Median(ours));
        figures.Add("floor_single_per_s", Figures.Median(singles));
        figures.Add("floor_batched_per_s", Figures.Median(batched));
        figures.Add("drain_ratio_single", Figures.Median(ours.Zip(singles, (a, b) => a / b)), 3);
        figures.Add("drain_ratio_batched", Figures.Median(ours.Zip(batched, (a, b) => a / b)), 3);
    }

    private static int turns;

    /// <summary>Robot runs a second. Refuses a result that did not leave the rows expected of it.</summary>
    private static async Task<double> OnceAsync(NpgsqlDataSource database, int deals, Func<IReadOnlyList<QueuedRun>, Task<double>> drain)
    {
        await BenchPortal.ExecuteAsync(database, "truncate robot_run, task, comment, run, lane, job");
        await BenchPortal.ExecuteAsync(database, "delete from event where kind = 'changed'");
        await BenchPortal.QueueAllAsync(database, BenchPortal.Stages[turns++ % 2], deals);
        // The event of the former turn is gone, so its version is missing; that disturbs nobody here.
        var runs = await QueuedRun.ReadAsync(database);
        var took = await drain(runs);
        var (found, wanted) = (await BenchPortal.ScalarAsync<string>(database, Counts), $"{deals} {deals * 3} {deals} {deals} {deals} 0 {deals}");
        if (found != wanted) throw new InvalidOperationException($"The queue left {found} rows instead of {wanted}.");
        return deals * 3 / took;
    }
}
