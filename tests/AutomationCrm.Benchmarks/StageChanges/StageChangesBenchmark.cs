using AutomationCrm.Testing.Nodes;

namespace AutomationCrm.Benchmarks.StageChanges;

/// <summary>
/// The figures of stage changes: intake by REST, the executor's drain, answer and pick-up times, an idle node. App, database and driver
/// share the machine; compare ratios. Arguments: parts (intake, drain, idle; all of them unless given) and <c>quick</c> for a short run.
/// </summary>
internal static class StageChangesBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        var quick = args.Contains("quick");
        bool Wanted(string part) => args.All(a => a == "quick") || args.Contains(part);
        var figures = new Figures();
        await using var server = await DurableServer.StartAsync();
        if (Wanted("intake")) await IntakeBenchmark.RunAsync(server, 2_000, TimeSpan.FromSeconds(quick ? 2 : 6), figures);
        if (Wanted("drain")) await DrainBenchmark.RunAsync(server, quick ? 2_000 : 10_000, figures);
        if (Wanted("idle")) await IdleBenchmark.RunAsync(server, figures);
        figures.Print();
        return 0;
    }
}
