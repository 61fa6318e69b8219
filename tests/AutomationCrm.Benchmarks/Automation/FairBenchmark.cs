using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Items;
using AutomationCrm.Benchmarks.StageChanges;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Testing.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace AutomationCrm.Benchmarks.Automation;

/// <summary>A bulk automation whose webhooks go to a dead address, and people who move deals by hand meanwhile: how long until the robots of their moves are done.</summary>
internal static class FairBenchmark
{
    private const int Moves = 200;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(int items)
    {
        var figures = new Figures();
        await using var server = await DurableServer.StartAsync();
        var dead = Dead();
        var connectionString = await RobotsPortal.SetUpAsync(server, "fair", items + Moves, dead);
        await using var database = NpgsqlDataSource.Create(connectionString);
        await RobotsPortal.ClearAsync(database);
        var deals = await IntakeBenchmark.DealIdsAsync(database);
        await RobotsPortal.QueueAsync(database, items);
        using var host = BenchHost.Build(connectionString, dead);
        var clock = Stopwatch.StartNew();
        await host.StartAsync();
        await MoveAsync(host.Services, deals.TakeLast(Moves).ToList());
        var moved = clock.Elapsed.TotalSeconds;
        await WaitAsync(database, clock);
        var waits = await WaitsAsync(database);
        figures.Add("by_hand", waits.Count);
        figures.Add("by_hand_p50_ms", Figures.Percentile(waits, 0.5), 1);
        figures.Add("by_hand_p99_ms", Figures.Percentile(waits, 0.99), 1);
        figures.Add("moving_took_s", moved, 1);
        figures.Add("bulk_left", await BenchPortal.ScalarAsync<long>(database, "select count(*) from lane where pending > 0"));
        figures.Add("deliveries_waiting", await BenchPortal.ScalarAsync<long>(database, "select count(*) from delivery where state = 0"));
        await host.StopAsync();
        figures.Print();
        return 0;
    }

    private static async Task MoveAsync(IServiceProvider services, List<long> deals)
    {
        foreach (var deal in deals)
        {
            var pause = Task.Delay(Between);
            await using (var scope = services.CreateAsyncScope())
            {
                scope.ServiceProvider.GetRequiredService<Caller>().Become(1, isAdmin: true, Origin.Page);
                await scope.ServiceProvider.GetRequiredService<ISender>().Send(new MoveItem(ItemRef.Deal(deal), RobotsPortal.ByHand));
            }

            await pause;
        }
    }

    private static async Task WaitAsync(NpgsqlDataSource database, Stopwatch clock)
    {
        while (await BenchPortal.ScalarAsync<bool>(database, "select exists (select 1 from run where cause = 'page' and state = 0)"))
        {
            if (clock.Elapsed > TimeSpan.FromMinutes(5)) throw new TimeoutException("The robots of the hand-made moves were not done.");
            await Task.Delay(50);
        }
    }

    /// <summary>Milliseconds from each move to the end of its robots.</summary>
    private static async Task<List<double>> WaitsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select extract(epoch from finished_at - started_at)::float8 * 1000 from run where cause = 'page' and state = 1");
        await using var reader = await command.ExecuteReaderAsync();
        var waits = new List<double>();
        while (await reader.ReadAsync()) waits.Add(reader.GetDouble(0));
        return waits;
    }

    // A port on this machine on which nobody listens.
    private static Uri Dead()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new UriBuilder("http", "127.0.0.1", port).Uri;
    }
}
