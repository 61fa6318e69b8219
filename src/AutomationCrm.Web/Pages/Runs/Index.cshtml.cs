using System.Globalization;
using AutomationCrm.Application.Automation.History;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Items;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Web.Pages.Runs;

/// <summary>The history of automation: runs of stages, or every robot run, searched by where, what, how it ended and when.</summary>
public sealed class IndexModel(ISender sender, IPortal portal, RobotCatalogue catalogue, IUserPreferences preferences, IOptions<HistoryOptions> kept) : PageModel
{
    public const string RobotsView = "robots";

    /// <summary>runs or robots.</summary>
    [BindProperty(SupportsGet = true)]
    public string View { get; set; } = "runs";

    /// <summary>An item's address, for example deals/42.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Item { get; set; }

    /// <summary>Type and stage, for example 2:NEW.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Place { get; set; }

    [BindProperty(SupportsGet = true, Name = "robot")]
    public string? RobotKey { get; set; }

    [BindProperty(SupportsGet = true, Name = "type")]
    public string? RobotType { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Until { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public RunHistory? Runs { get; private set; }

    public RobotRunHistory? Robots { get; private set; }

    public bool OfRobots => View == RobotsView;

    public int KeepMonths => kept.Value.KeepMonths;

    public IEnumerable<RobotDescriptor> Types => catalogue.All;

    public IEnumerable<Pipeline> Pipelines => portal.Current.Pipelines.Where(p => ItemKind.All.Any(k => k.TypeId == p.TypeId));

    public IEnumerable<string> States => OfRobots ? Enum.GetNames<RobotRunState>() : Enum.GetNames<RunState>();

    public bool IsFiltered => new[] { Item, Place, RobotKey, RobotType, State, From, Until, Text }.Any(t => !string.IsNullOrEmpty(t));

    public HistoryCursor? Next => Runs?.Next ?? Robots?.Next;

    /// <summary>This search with another view or page.</summary>
    public string Address(string view, HistoryCursor? after = null) => "/runs" + QueryString.Create(new (string Name, string? Value)[]
    {
        ("view", view), ("item", Item), ("place", Place), ("robot", view == RobotsView ? RobotKey : null), ("type", view == RobotsView ? RobotType : null),
        ("state", view == View ? State : null), ("from", From), ("until", Until), ("q", Text), ("after", after?.ToString()),
    }.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => new KeyValuePair<string, string?>(p.Name, p.Value)));

    public async Task OnGetAsync(CancellationToken ct)
    {
        await portal.FreshAsync(ct);
        var (itemType, itemId) = ReadItem();
        var (placeType, stage) = ReadPlace();
        var type = itemType ?? placeType;
        // A place and an item of different types have nothing in common.
        var impossible = itemType is { } a && placeType is { } b && a != b;
        if (OfRobots)
        {
            Robots = impossible ? new([], null) : await sender.Send(new SearchRobotRuns
            {
                TypeId = type,
                ItemId = itemId,
                StageId = stage,
                From = Day(From, 0),
                Until = Day(Until, 1),
                Text = Text,
                After = HistoryCursor.Parse(After),
                RobotKey = Given(RobotKey),
                RobotType = Given(RobotType),
                State = Enum.TryParse<RobotRunState>(State, out var state) && Enum.IsDefined(state) ? state : null,
            }, ct);
        }
        else
        {
            Runs = impossible ? new([], null) : await sender.Send(new SearchRuns
            {
                TypeId = type,
                ItemId = itemId,
                StageId = stage,
                From = Day(From, 0),
                Until = Day(Until, 1),
                Text = Text,
                After = HistoryCursor.Parse(After),
                State = Enum.TryParse<RunState>(State, out var state) && Enum.IsDefined(state) ? state : null,
            }, ct);
        }
    }

    private (int? Type, long? Id) ReadItem()
    {
        if (Given(Item)?.Trim('/', '#', ' ').Split('/') is not [.., var path, var number] || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return (null, null);
        return ItemKind.All.FirstOrDefault(k => string.Equals(k.Path, path, StringComparison.OrdinalIgnoreCase)) is { } kind ? (kind.TypeId, id) : (null, null);
    }

    private (int? Type, string? Stage) ReadPlace() =>
        Given(Place)?.Split(':', 2) is [var type, var stage] && int.TryParse(type, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? (id, stage) : (null, null);

    // Days are the reader's.
    private DateTimeOffset? Day(string? text, int more) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue ? Zones.ToInstant(day.AddDays(more).ToDateTime(TimeOnly.MinValue), preferences.TimeZone) : null;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
