using System.Diagnostics;
using System.Text.Json;
using AutomationCrm.Testing;
using AutomationCrm.Testing.Nodes;

namespace AutomationCrm.Benchmarks.Start;

/// <summary>The built app with its own PostgreSQL and demo data: seconds from the start of the process to the first answered page, on an empty data directory and on the one it has then.</summary>
internal static class StartBenchmark
{
    private const int Rounds = 3;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync()
    {
        var (first, second, resident) = (new List<double>(), new List<double>(), 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var folder = Directory.CreateTempSubdirectory("automationcrm-start-").FullName;
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
            try
            {
                await using var app = new AppNode(Path.Combine(folder, "data"), new Dictionary<string, string> { ["Crm__EmbeddedPostgres__ServiceDirectory"] = Path.Combine(folder, "service"), ["DOTNET_ENVIRONMENT"] = "Production" });
                first.Add(await StartAsync(app));
                // The robots of the demo's last deals do their work first: the second start is to be that of an idle app.
                await Task.Delay(Settle);
                await Eventually.Async(() => NothingIsDueAsync(app), TimeSpan.FromMinutes(1), "the demo's robots are done");
                await app.StopAsync();
                second.Add(await StartAsync(app));
                if (round == Rounds - 1)
                {
                    await Task.Delay(Settle);
                    resident = app.Usage().ResidentBytes;
                }

                await app.StopAsync();
                Console.WriteLine($"first start {first[^1]:F1} s, second start {second[^1]:F1} s");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        var figures = new Figures();
        figures.Add("first_start_s", Figures.Median(first), 2);
        figures.Add("second_start_s", Figures.Median(second), 2);
        figures.Add("rss_mb", resident / 1048576.0, 1);
        figures.Print();
        return 0;
    }

    private static async Task<bool> NothingIsDueAsync(AppNode app)
    {
        using var http = new HttpClient { BaseAddress = app.Address };
        using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
        return answer.RootElement.GetProperty("oldestDueSeconds").GetDouble() == 0;
    }

    private static async Task<double> StartAsync(AppNode app)
    {
        using var http = new HttpClient { BaseAddress = app.Address };
        var clock = Stopwatch.StartNew();
        app.Start();
        await app.ReadyAsync();
        using var page = await http.GetAsync(new Uri("/sign-in", UriKind.Relative));
        page.EnsureSuccessStatusCode();
        return clock.Elapsed.TotalSeconds;
    }
}
