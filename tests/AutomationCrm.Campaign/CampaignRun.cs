using System.Diagnostics;
using System.Globalization;
using AutomationCrm.Testing;
using AutomationCrm.Testing.Nodes;
using Npgsql;

namespace AutomationCrm.Campaign;

/// <summary>F1: two nodes on one durable database, moves by REST through both, kills and pauses, then quiet and the checker.</summary>
internal static class CampaignRun
{
    /// <summary>Before the first fault nothing may be repeated, so that a slow machine is waited for.</summary>
    private static readonly TimeSpan ToPrepare = TimeSpan.FromMinutes(2);

    /// <summary>A driver that waits longer for a frozen node would send too little.</summary>
    private static readonly TimeSpan ToAnswer = TimeSpan.FromSeconds(5);

    /// <summary>What the checker found. Nothing of the run is left but the ledger, whose path is printed, when something was found.</summary>
    public static async Task<Findings> RunAsync(CampaignOptions options)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {options.Seed}, {options.Kills} kills, {options.Freezes} pauses, {options.Rate} changes/s, lease {options.LeaseSeconds} s{(options.Defect is { } defect ? ", defect " + defect : "")}"));
        await using var server = await DurableServer.StartAsync();
        using var ledger = new Ledger(Path.Combine(Path.GetTempPath(), $"campaign-{Guid.CreateVersion7():N}.jsonl"));
        await using var sink = await EffectSink.StartAsync(ledger);
        var connectionString = await server.CreateDatabaseAsync();
        await using var one = new AppNode(Path.Combine(server.Folder, "node1"), Settings(options, connectionString, sink.Origin));
        await using var two = new AppNode(Path.Combine(server.Folder, "node2"), Settings(options, connectionString, sink.Origin));
        foreach (var node in (AppNode[])[one, two])
        {
            node.Start();
            await node.ReadyAsync();
        }

        var found = new Findings();
        await using var database = NpgsqlDataSource.Create(connectionString);
        await PlayAsync(options, ledger, sink, [one, two], database, found);
        await Task.WhenAll(one.StopAsync(), two.StopAsync());
        await new Checker(database, ledger.Read(), found).RunAsync(await Interruptions.ReadAsync(database, ledger, options));
        found.Note($"{Count(one, two, "was taken by another node")} stale results were refused");
        if (found.Violations.Count > 0) Console.WriteLine($"ledger: {ledger.Path}");
        else File.Delete(ledger.Path);
        return found;
    }

    private static async Task PlayAsync(CampaignOptions options, Ledger ledger, EffectSink sink, IReadOnlyList<AppNode> nodes, NpgsqlDataSource database, Findings found)
    {
        IReadOnlyList<long> deals;
        using (var patient = await RestDoor.OpenAsync(nodes[0].Address, nodes[0].FirstRunFile, ToPrepare))
        {
            deals = await CampaignPortal.AddDealsAsync(patient, options);
            await CampaignPortal.AddRobotsAsync(patient, sink.Origin);
        }

        using var first = await RestDoor.OpenAsync(nodes[0].Address, nodes[0].FirstRunFile, ToAnswer);
        using var second = await RestDoor.OpenAsync(nodes[1].Address, nodes[0].FirstRunFile, ToAnswer);
        var driver = new Driver(ledger, [first, second], deals, options);
        using var enough = new CancellationTokenSource();
        var driving = driver.RunAsync(enough.Token);
        try
        {
            await new Faults(ledger, nodes, options).RunAsync();
        }
        finally
        {
            await enough.CancelAsync();
            await driving;
        }

        await new Checker(database, ledger.Read(), found).CheckWholeAsync();
        found.Note($"{await driver.RepeatLostAsync()} commands were repeated because their answer was lost");
        var quiet = Stopwatch.StartNew();
        var left = await WorkOffAsync(database, options.Standstill);
        found.Note(string.Create(CultureInfo.InvariantCulture, $"{(left == 0 ? "everything was finished" : $"{left} pieces of work stood still")} {quiet.Elapsed.TotalSeconds:F1} s after the last command"));
    }

    /// <summary>Waits until no work is left, for as long as it becomes less; answers how much is left. How fast it goes is the machine's affair.</summary>
    private static async Task<long> WorkOffAsync(NpgsqlDataSource database, TimeSpan standstill)
    {
        var (least, left) = (long.MaxValue, long.MaxValue);
        while (left > 0)
        {
            try
            {
                await Eventually.Async(async () => (left = await LeftAsync(database)) < least, standstill);
                least = left;
            }
            catch (TimeoutException)
            {
                return left;
            }
        }

        return 0;
    }

    private static async Task<long> LeftAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("""
            select (select count(*) from lane where state <> 2 or pending <> 0) + (select count(*) from job) + (select count(*) from timer)
              + (select count(*) from delivery where state in (0, 1)) + (select count(*) from run where state = 0)
            """);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Dictionary<string, string> Settings(CampaignOptions options, string connectionString, string sink)
    {
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__Crm"] = connectionString,
            ["Crm__Demo"] = "false",
            ["Crm__Role"] = "all",
            ["Crm__Executor__LeaseSeconds"] = options.LeaseSeconds.ToString(CultureInfo.InvariantCulture),
            ["Crm__Outbound__AllowedOrigins"] = sink,
            ["DOTNET_ENVIRONMENT"] = "Production",
        };
        if (options.Defect is { } defect) settings["CRM_CAMPAIGN_DEFECT"] = defect;
        return settings;
    }

    private static int Count(AppNode one, AppNode two, string text) =>
        ((AppNode[])[one, two]).Sum(node => File.ReadLines(node.Output).Count(line => line.Contains(text, StringComparison.Ordinal)));
}
