namespace AutomationCrm.Application.Import.Running;

/// <summary>Spreads what imported items set in motion over time: so many a second and no more, whatever the import's size.</summary>
internal sealed class ImportPace
{
    /// <summary>Items that begin at once, and the time until the next begin.</summary>
    public const int ItemsAtOnce = 20;

    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private DateTimeOffset free = DateTimeOffset.MinValue;

    /// <summary>When these items begin: now, or after those before them.</summary>
    public DateTimeOffset Take(int items, DateTimeOffset now)
    {
        var begin = free > now ? free : now;
        free = begin + (Pause * ((items + ItemsAtOnce - 1) / ItemsAtOnce));
        return begin;
    }
}
