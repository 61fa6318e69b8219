using System.Globalization;
using System.Text.Json;
using AutomationCrm.Testing.Nodes;

namespace AutomationCrm.Campaign;

/// <summary>Deals and robots of a campaign, made through the REST door.</summary>
internal static class CampaignPortal
{
    private const int PerBatch = 50;

    /// <summary>Robots of each kind in two tracks: effects that survive leaving the stage, state that does not.</summary>
    public static async Task AddRobotsAsync(RestDoor door, string sink)
    {
        object[] robots =
        [
            new { key = "first", type = "call_webhook", name = "First", survives = true, settings = new { method = "POST", url = sink + "/first", body = "{\"deal\":\"{=Document:ID}\"}" } },
            new { key = "second", type = "call_webhook", name = "Second", afterPrevious = true, survives = true, settings = new { method = "POST", url = sink + "/second", body = "{\"deal\":\"{=Document:ID}\"}" } },
            new { key = "told", type = "add_comment", name = "Told", afterPrevious = true, survives = true, settings = new { text = "Both know of {=Document:COMMENTS}." } },
            new { key = "note", type = "change_fields", name = "Note", settings = new { fields = new { SOURCE_DESCRIPTION = "{=Document:COMMENTS}" } } },
            new { key = "ask", type = "create_task", name = "Ask", afterPrevious = true, settings = new { title = "Look at {=Document:TITLE}" } },
        ];
        foreach (var stage in Driver.Stages)
            await door.RequireAsync("automation.stage.set", new { entityTypeId = 2, categoryId = 0, stageId = stage, robots, undoSeconds = 0 });
    }

    public static Task<IReadOnlyList<long>> AddDealsAsync(RestDoor door, CampaignOptions options) =>
        AddDealsAsync(door, options.Sales is { } folder ? Opportunities(folder) : Enumerable.Range(1, options.Deals).Select(n => ($"Deal {n}", 100m * n)));

    private static async Task<IReadOnlyList<long>> AddDealsAsync(RestDoor door, IEnumerable<(string Title, decimal Amount)> deals)
    {
        var ids = new List<long>();
        foreach (var chunk in deals.Chunk(PerBatch))
        {
            var commands = chunk.Select((deal, i) => KeyValuePair.Create($"d{i}", string.Create(CultureInfo.InvariantCulture, $"crm.deal.add?fields[TITLE]={Uri.EscapeDataString(deal.Title)}&fields[OPPORTUNITY]={deal.Amount}&fields[CURRENCY_ID]=EUR")));
            var answer = await door.RequireAsync("batch", new { halt = 1, cmd = commands.ToDictionary() });
            ids.AddRange(answer.GetProperty("result").EnumerateObject().Select(p => p.Value.GetInt64()));
        }

        return ids;
    }

    // The file quotes nothing and its columns are: opportunity, agent, product, account, stage, engaged, closed, value.
    private static IEnumerable<(string Title, decimal Amount)> Opportunities(string folder) =>
        File.ReadLines(Path.Combine(folder, "sales_pipeline.csv")).Skip(1).Select(line => line.Split(',')).Where(cells => cells.Length >= 8)
            .Select(cells => ($"{cells[3]} {cells[2]} {cells[0]}", decimal.TryParse(cells[7], CultureInfo.InvariantCulture, out var value) ? value : 0m));
}
