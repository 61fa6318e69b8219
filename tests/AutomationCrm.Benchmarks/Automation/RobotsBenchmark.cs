using System.Diagnostics;
using System.Globalization;
using AutomationCrm.Benchmarks.StageChanges;
using AutomationCrm.Testing;
using AutomationCrm.Testing.Nodes;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace AutomationCrm.Benchmarks.Automation;

/// <summary>Ten robots for every item of a full queue: end to end, against one commit a robot run; then the same with a webhook to a sink on this machine.</summary>
internal static class RobotsBenchmark
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(int items)
    {
        var figures = new Figures();
        await using var server = await DurableServer.StartAsync();
        await WithoutAsync(server, items, figures);
        await WithAsync(server, items, figures);
        figures.Print();
        return 0;
    }

    private static async Task WithoutAsync(DurableServer server, int items, Figures figures)
    {
        var connectionString = await RobotsPortal.SetUpAsync(server, "robots", items, sink: null);
        await using var database = NpgsqlDataSource.Create(connectionString);
        var floor = new OneCommitFloor(connectionString);
        var (ours, floors, commits) = (new List<double>(), new List<double>(), 0d);
        await OnceAsync(database, connectionString, Math.Min(items, 500), null);
        for (var round = 0; round < 3; round++)
        {
            var before = await CommitsAsync(database);
            ours.Add(RobotsPortal.Robots * items / await OnceAsync(database, connectionString, items, null));
            commits = (await CommitsAsync(database) - before) / (double)(RobotsPortal.Robots * items);
            await RobotsPortal.ClearAsync(database);
            await RobotsPortal.QueueAsync(database, items);
            floors.Add(RobotsPortal.Robots * items / await floor.RunAsync(await OneCommitFloor.ReadAsync(database)));
            Console.WriteLine($"robots {ours[^1]:F0}/s, one commit each {floors[^1]:F0}/s, {commits:F3} transactions a robot");
        }

        figures.Add("robots_per_s", Figures.Median(ours));
        figures.Add("floor_per_s", Figures.Median(floors));
        figures.Add("robots_ratio", Figures.Median(ours.Zip(floors, (a, b) => a / b)), 3);
        figures.Add("transactions_per_robot", commits, 3);
    }

    private static async Task WithAsync(DurableServer server, int items, Figures figures)
    {
        await using var sink = await HttpSink.StartAsync();
        var connectionString = await RobotsPortal.SetUpAsync(server, "robots-webhook", items, sink.Address);
        await using var database = NpgsqlDataSource.Create(connectionString);
        var took = await OnceAsync(database, connectionString, items, sink.Address);
        figures.Add("robots_with_webhook_per_s", RobotsPortal.Robots * items / took);
        figures.Add("webhooks_per_s", items / took);
        var arrived = sink.Requests.Count;
        if (arrived < items) throw new InvalidOperationException($"Only {arrived} of {items} webhooks arrived.");
    }

    /// <summary>Seconds from the executor's start until every run is done.</summary>
    private static async Task<double> OnceAsync(NpgsqlDataSource database, string connectionString, int items, Uri? sink)
    {
        await RobotsPortal.ClearAsync(database);
        await RobotsPortal.QueueAsync(database, items);
        using var host = BenchHost.Build(connectionString, sink);
        var clock = Stopwatch.StartNew();
        await host.StartAsync();
        while (await BenchPortal.ScalarAsync<bool>(database, "select exists (select 1 from run where state = 0)"))
        {
            if (clock.Elapsed > Longest) throw new TimeoutException("The executor did not finish the runs.");
            await Task.Delay(20);
        }

        var took = clock.Elapsed.TotalSeconds;
        await host.StopAsync();
        var wanted = string.Create(CultureInfo.InvariantCulture, $"{items} {items * 8} {items * 2}");
        var found = await BenchPortal.ScalarAsync<string>(database, "select concat_ws(' ', (select count(*) from run where state = 1), count(*) filter (where state = 2), count(*) filter (where state = 3)) from robot_run");
        return found == wanted ? took : throw new InvalidOperationException($"The robots left {found} instead of {wanted}.");
    }

    private static Task<long> CommitsAsync(NpgsqlDataSource database) => BenchPortal.ScalarAsync<long>(database, "select xact_commit from pg_stat_database where datname = current_database()");
}
