using System.Globalization;
using AutomationCrm.Campaign;

var options = new CampaignOptions { Seed = Number("--seed", Environment.TickCount & 0xFFFFFF), Sales = Read("--sales") };
options = options with { Kills = Number("--kills", options.Kills), Freezes = Number("--freezes", options.Freezes) };
switch (args.FirstOrDefault() ?? "f1")
{
    case "f1":
        return await RunAsync(options);
    case "f1-full":
        return await RunAsync(options with { Kills = 500, Freezes = 100, Deals = 5_000, Rate = 50 });
#if CAMPAIGN
    case "check-the-checker":
        return await CheckTheCheckerAsync(options);
#endif
    default:
        await Console.Error.WriteLineAsync("usage: f1 | f1-full [--seed number] [--kills number] [--freezes number] [--sales folder]; in the configuration Campaign also check-the-checker");
        return 2;
}

static async Task<int> RunAsync(CampaignOptions options)
{
    var found = await CampaignRun.RunAsync(options);
    foreach (var note in found.Notes) Console.WriteLine(note);
    foreach (var violation in found.Violations) Console.WriteLine($"VIOLATION {violation}");
    Console.WriteLine(found.Violations.Count == 0 ? $"no violation, seed {options.Seed}" : $"{found.Violations.Count} invariants are violated, seed {options.Seed}");
    return found.Violations.Count == 0 ? 0 : 1;
}

string? Read(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

int Number(string name, int otherwise) => Read(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

#if CAMPAIGN
// Each defect must be found; a checker that finds nothing wrong with them is worth nothing.
static async Task<int> CheckTheCheckerAsync(CampaignOptions options)
{
    var blind = 0;
    foreach (var (defect, kills, freezes) in ((string, int, int)[])[("no-fence", 0, 10), ("completion-first", 12, 0)])
    {
        if (await RunAsync(options with { Defect = defect, Kills = kills, Freezes = freezes, Standstill = TimeSpan.FromSeconds(15) }) == 0) blind++;
    }

    Console.WriteLine(blind == 0 ? "every defect was found" : $"{blind} defects were not found");
    return blind;
}
#endif
