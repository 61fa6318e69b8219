namespace AutomationCrm.Web.Pages.Shared.Board;

/// <summary>A stage as a target of a move. <see cref="Color"/> is "#rrggbb".</summary>
public sealed record StageChoice(string Id, string Name, string Color);

/// <summary>What every column and card of one board shares.</summary>
public sealed record BoardView(string MoveUrl, IReadOnlyList<StageChoice> Stages)
{
    /// <summary>Where the quick-add form posts title, amount and stage; null hides it.</summary>
    public string? AddUrl { get; init; }

    /// <summary>ISO code of the sums.</summary>
    public string Currency { get; init; } = "USD";
}

/// <summary>One column as _BoardColumn shows it; sums are over all cards of the stage, not only the shown ones.</summary>
public sealed record ColumnView(BoardView Board, string StageId, string Name, string Color, int Count, decimal Sum, IReadOnlyList<CardView> Cards)
{
    /// <summary>The sum weighted by the stage's probability; null where it says nothing.</summary>
    public decimal? Weighted { get; init; }

    /// <summary>The address that answers this column's markup again; gets "take" with the number of cards on screen.</summary>
    public required string Url { get; init; }

    /// <summary>The topic whose hint makes the column stale.</summary>
    public required string Topic { get; init; }

    /// <summary>The address that answers the following cards (_BoardCards); null at the end.</summary>
    public string? NextUrl { get; init; }

    /// <summary>The stage's robots; null hides the link.</summary>
    public string? AutomationUrl { get; init; }

    public int Robots { get; init; }
}

/// <summary>The cards after the first ones, as _BoardCards answers them to <see cref="ColumnView.NextUrl"/>.</summary>
public sealed record CardsView(BoardView Board, IReadOnlyList<CardView> Cards, string? NextUrl);

/// <summary>One card. <see cref="Version"/> goes back with a move, so that a stale card is noticed.</summary>
public sealed record CardView(long Id, long Version, string StageId, string Title, string Url)
{
    public decimal? Amount { get; init; }

    public string Currency { get; init; } = "USD";

    public string? Client { get; init; }

    public string? Responsible { get; init; }

    public DateTimeOffset? Created { get; init; }

    /// <summary>Open tasks of the item.</summary>
    public int Tasks { get; init; }

    public bool Overdue { get; init; }

    /// <summary>A run of the item needs somebody.</summary>
    public bool NeedsAttention { get; init; }

    /// <summary>Robots that wait for their time.</summary>
    public int Waiting { get; init; }
}

/// <summary>A card with the board it lies on, for the partial.</summary>
public sealed record CardOnBoard(BoardView Board, CardView Card);
