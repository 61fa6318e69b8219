using System.Globalization;
using AutomationCrm.Web.Pages.Shared.Board;

namespace AutomationCrm.Web.Pages.Dev;

/// <summary>Deals in memory for /dev/board: enough to drag, refuse, undo and scroll without a database.</summary>
public sealed class SampleBoard(TimeProvider clock)
{
    public const int PageSize = 12;
    private static readonly (StageChoice Stage, int Cards, decimal Chance)[] Plan =
    [
        (new("NEW", "New", "#39a8ef"), 31, 0.1m),
        (new("PREPARATION", "Contract preparation", "#2fc6f6"), 9, 0.3m),
        (new("PREPAYMENT", "Prepayment invoice", "#55d0e0"), 6, 0.5m),
        (new("EXECUTING", "In progress", "#47e4c2"), 14, 0.75m),
        (new("FINAL", "Final invoice", "#ffa900"), 3, 0.9m),
        (new("WON", "Deal won", "#7bd500"), 8, 1m),
    ];

    private static readonly string[] Clients = ["Northwind Traders", "Romashka LLC", "Contoso Pharmaceuticals", "Adatum Corporation", "Vostok Engineering", "Fabrikam", "Blue Yonder Airlines", "Lakeside Dental"];
    private static readonly string[] Subjects = ["annual support", "warehouse scanners", "CRM rollout for the sales department", "pilot", "spare parts", "licence renewal", "training for 40 people", "website"];
    private static readonly string[] People = ["Anna Petrova", "Mark Lewis", "Olga Sidorova", "Chen Wei", "Ivan Kuznetsov"];

    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Id, string From)> undo = new(StringComparer.Ordinal);
    private List<CardView> cards = [];
    private long lastId;

    public static IReadOnlyList<StageChoice> Stages { get; } = [.. Plan.Select(stage => stage.Stage)];

    public static BoardView Board(string path) => new($"{path}?handler=Move", Stages) { AddUrl = $"{path}?handler=Add" };

    public void Reset()
    {
        lock (gate)
        {
            lastId = 0;
            undo.Clear();
            cards = [.. Plan.SelectMany(stage => Enumerable.Range(0, stage.Cards).Select(_ => Make(stage.Stage.Id)))];
        }
    }

    public ColumnView Column(BoardView board, string path, string stageId, string? search, int take)
    {
        lock (gate)
        {
            if (cards.Count == 0) Reset();
            var (stage, _, chance) = Array.Find(Plan, candidate => candidate.Stage.Id == stageId);
            var all = Matching(stageId, search);
            var shown = all.Take(Math.Max(PageSize, take)).ToList();
            var sum = all.Sum(card => card.Amount ?? 0);
            return new ColumnView(board, stage.Id, stage.Name, stage.Color, all.Count, sum, shown)
            {
                Weighted = chance is > 0 and < 1 ? decimal.Round(sum * chance) : null,
                Url = $"{path}?handler=Column&stage={stageId}&q={Uri.EscapeDataString(search ?? "")}",
                Topic = $"sample:{stageId}",
                NextUrl = Next(path, stageId, search, shown.Count, all.Count),
                AutomationUrl = $"{path}#automation",
                Robots = stage.Name.Length % 4,
            };
        }
    }

    public CardsView More(BoardView board, string path, string stageId, string? search, int skip)
    {
        lock (gate)
        {
            var all = Matching(stageId, search);
            var shown = all.Skip(skip).Take(PageSize).ToList();
            return new CardsView(board, shown, Next(path, stageId, search, skip + shown.Count, all.Count));
        }
    }

    /// <summary>Null when moved, else why not. A deal without amount cannot be won.</summary>
    public (string? Refusal, CardView? Card, string UndoKey) Move(long id, string to, long version)
    {
        lock (gate)
        {
            var index = cards.FindIndex(card => card.Id == id);
            if (index < 0) return ("The deal does not exist any more.", null, "");
            var card = cards[index];
            if (card.Version != version) return ("Mark Lewis has changed it in the meantime; the board was refreshed.", null, "");
            if (to == "WON" && card.Amount is null) return ("The amount is empty. A deal without an amount cannot be won.", null, "");
            var moved = card with { StageId = to, Version = version + 1 };
            cards.RemoveAt(index);
            cards.Insert(0, moved);
            var key = string.Create(CultureInfo.InvariantCulture, $"{id}-{moved.Version}");
            undo[key] = (id, card.StageId);
            return (null, moved, key);
        }
    }

    public bool Undo(string key)
    {
        lock (gate)
        {
            if (!undo.Remove(key, out var move)) return false;
            var index = cards.FindIndex(card => card.Id == move.Id);
            cards[index] = cards[index] with { StageId = move.From, Version = cards[index].Version + 1 };
            return true;
        }
    }

    public void Add(string stageId, string title, decimal? amount)
    {
        lock (gate) cards.Insert(0, Make(stageId) with { Title = title, Amount = amount });
    }

    private List<CardView> Matching(string stageId, string? search) =>
        [.. cards.Where(card => card.StageId == stageId && (string.IsNullOrEmpty(search) || card.Title.Contains(search, StringComparison.OrdinalIgnoreCase)))];

    private static string? Next(string path, string stageId, string? search, int shown, int all) =>
        shown < all ? string.Create(CultureInfo.InvariantCulture, $"{path}?handler=More&stage={stageId}&skip={shown}&q={Uri.EscapeDataString(search ?? "")}") : null;

    private CardView Make(string stageId)
    {
        var n = ++lastId;
        var client = Clients[(int)(n * 5 % Clients.Length)];
        return new CardView(n, 1, stageId, $"{client}: {Subjects[(int)(n * 3 % Subjects.Length)]}", $"/dev/board?deal={n}")
        {
            Amount = n % 7 == 0 ? null : 400 + (n * 7919 % 48_000),
            Client = client,
            Responsible = People[(int)(n % People.Length)],
            Created = clock.GetUtcNow().AddHours(-n * 3),
            Tasks = (int)(n % 3),
            Overdue = n % 6 == 1,
            NeedsAttention = n % 11 == 3,
            Waiting = n % 5 == 2 ? 1 : 0,
        };
    }
}
