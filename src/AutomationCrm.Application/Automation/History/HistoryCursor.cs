using System.Globalization;

namespace AutomationCrm.Application.Automation.History;

/// <summary>The place in a history, newest first, behind which the next page begins: <c>moment_id</c>.</summary>
public readonly record struct HistoryCursor(DateTimeOffset At, long Id)
{
    /// <summary>Null for a text that is no cursor.</summary>
    public static HistoryCursor? Parse(string? text)
    {
        if (text is null || text.Length > 60 || text.Split('_') is not [var at, var id]) return null;
        return long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(new DateTimeOffset(ticks, TimeSpan.Zero), number)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}_{Id}");
}
