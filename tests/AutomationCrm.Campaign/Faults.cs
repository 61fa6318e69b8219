using System.Globalization;
using AutomationCrm.Testing;
using AutomationCrm.Testing.Nodes;

namespace AutomationCrm.Campaign;

/// <summary>Kills nodes and lets them stand still, one fault at a time; a killed node comes back at once.</summary>
internal sealed class Faults(Ledger ledger, IReadOnlyList<AppNode> nodes, CampaignOptions options)
{
    private readonly Random random = new(options.Seed + 1);
    private readonly List<Task> starting = [];

    public async Task RunAsync()
    {
        await Task.Delay(options.Calm);
        var total = options.Kills + options.Freezes;
        for (int done = 0, frozen = 0; done < total; done++)
        {
            await Task.Delay(Between(options.ShortestGap, options.LongestGap));
            await Eventually.Async(() => Ready().Count > 0, TimeSpan.FromSeconds(90), "a node is up");
            var node = Ready() is var ready ? ready[random.Next(ready.Count)] : nodes[0];
            // Freezes are spread evenly among the kills.
            if (frozen * total < options.Freezes * (done + 1) - (total / 2))
            {
                frozen++;
                await FreezeAsync(node);
            }
            else
            {
                Kill(node);
            }
        }

        await Task.WhenAll(starting);
    }

    private List<AppNode> Ready() => [.. nodes.Where(n => n.IsReady)];

    private void Kill(AppNode node)
    {
        Note("kill", node);
        node.Kill();
        node.Start();
        starting.RemoveAll(t => t.IsCompletedSuccessfully);
        starting.Add(node.ReadyAsync());
    }

    private async Task FreezeAsync(AppNode node)
    {
        var lease = TimeSpan.FromSeconds(options.LeaseSeconds);
        Note("freeze", node);
        await node.FreezeAsync();
        await Task.Delay(Between(lease * 1.5, lease * 3));
        await node.ThawAsync();
        Note("thaw", node);
    }

    private void Note(string fault, AppNode node)
    {
        var line = new LedgerLine("fault", ledger.Now) { Text = fault, Deal = nodes.ToList().IndexOf(node) + 1 };
        ledger.Append(line);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.At / 1000,8:F2} s  {fault} node {line.Deal}"));
    }

    private TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * random.NextDouble());
}
