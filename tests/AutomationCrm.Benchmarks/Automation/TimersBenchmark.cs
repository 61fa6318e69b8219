using AutomationCrm.Benchmarks.StageChanges;
using AutomationCrm.Testing.Nodes;
using Npgsql;

namespace AutomationCrm.Benchmarks.Automation;

/// <summary>Robots whose delay is over, a hundred a second among very many waiting timers, while deals are moved over REST: how late they start, and what the waiting ones cost in memory.</summary>
internal static class TimersBenchmark
{
    private const int MovedDeals = 2_000;
    private const double MovesPerSecond = 300;
    private const int FewWaiting = 10_000;
    private const int WarmMoves = 6_000;
    private static readonly TimeSpan LongestWarm = TimeSpan.FromSeconds(30);

    /// <param name="waiting">Timers of other days in the second turn; the first has 10,000, or a tenth when that is less.</param>
    /// <param name="seconds">Of each turn.</param>
    public static async Task<int> RunAsync(int waiting, int seconds)
    {
        var (figures, due) = (new Figures(), WaitingTimers.PerSecond * seconds);
        await using var server = await DurableServer.StartAsync();
        var connectionString = await server.CreateDatabaseAsync();
        await using var app = new AppNode(Path.Combine(server.Folder, "timers"), BenchPortal.Settings(connectionString, "all"));
        app.Start();
        await app.ReadyAsync();
        await using var database = NpgsqlDataSource.Create(connectionString);
        await BenchPortal.AddDealsAsync(database, MovedDeals + (2 * due));
        using var door = await RestDoor.OpenAsync(app.Address, app.FirstRunFile, TimeSpan.FromSeconds(30));
        await BenchPortal.AddRobotsAsync(door);
        await WaitingTimers.AddRobotAsync(door);
        var deals = await IntakeBenchmark.DealIdsAsync(database);
        var (load, timers) = (new Load([.. deals.Take(MovedDeals)]), new WaitingTimers(database));
        await load.ClosedAsync(door, 16, LongestWarm, WarmMoves);
        await RestAsync(database);
        await BenchPortal.ExecuteAsync(database, "vacuum analyze item, lane, job, run, robot_run, event");

        var few = Math.Min(FewWaiting, waiting / 10);
        await timers.AddFarAsync(few, [.. deals.Take(MovedDeals)]);
        await TurnAsync(app, door, load, timers, deals.GetRange(MovedDeals, due), TimeSpan.FromSeconds(seconds), "few", figures);
        await RestAsync(database);
        await timers.AddFarAsync(waiting - few, [.. deals.Take(MovedDeals)]);
        await TurnAsync(app, door, load, timers, deals.GetRange(MovedDeals + due, due), TimeSpan.FromSeconds(seconds), "many", figures);
        figures.Add("waiting", await BenchPortal.ScalarAsync<long>(database, "select count(*) from timer"));
        figures.Print();
        return 0;
    }

    /// <summary>Until the lanes are empty: a turn does not pay for what came before it.</summary>
    private static async Task RestAsync(NpgsqlDataSource database)
    {
        var until = TimeProvider.System.GetUtcNow().AddMinutes(2);
        while (await BenchPortal.ScalarAsync<bool>(database, "select exists (select 1 from lane where pending > 0)"))
        {
            if (TimeProvider.System.GetUtcNow() > until) throw new TimeoutException("The executor did not empty the queue.");
            await Task.Delay(200);
        }
    }

    private static async Task TurnAsync(AppNode app, RestDoor door, Load load, WaitingTimers timers, List<long> deals, TimeSpan time, string name, Figures figures)
    {
        await timers.AddDueAsync([.. deals]);
        var answers = await load.OpenAsync(door, MovesPerSecond, time);
        var late = await timers.LatenessAsync([.. deals]);
        figures.Add($"{name}_late_p50_ms", Figures.Percentile(late, 0.5), 1);
        figures.Add($"{name}_late_p99_ms", Figures.Percentile(late, 0.99), 1);
        figures.Add($"{name}_moves", answers.Count);
        figures.Add($"{name}_answer_p99_ms", Figures.Percentile(answers, 0.99), 1);
        figures.Add($"{name}_rss_mb", app.Usage().ResidentBytes / 1048576.0, 1);
    }
}
