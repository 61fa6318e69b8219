using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.History;

/// <summary>How the rows of a history are ordered, and with that its pages.</summary>
/// <param name="newestFirst">By moment and number.</param>
/// <param name="place">Moment and number of a row.</param>
/// <param name="tells">Whether a row's message is like a pattern.</param>
internal sealed class HistoryOrder<T>(Func<IQueryable<T>, IOrderedQueryable<T>> newestFirst, Expression<Func<T, HistoryCursor>> place, Func<string, Expression<Func<T, bool>>> tells)
{
    private readonly Func<T, HistoryCursor> placeOf = place.Compile();

    public IOrderedQueryable<T> NewestFirst(IQueryable<T> rows) => newestFirst(rows);

    /// <summary>One page and where the next one begins. A text is looked for in a window of rows; behind it the next page goes on even where this one has found nothing.</summary>
    /// <param name="rows">What the filter leaves, newest first.</param>
    public async Task<(List<T> Shown, HistoryCursor? Next)> PageAsync(IOrderedQueryable<T> rows, HistoryFilter filter, CancellationToken ct)
    {
        var wanted = filter.Limit + 1;
        var found = filter.Pattern is { } pattern
            ? await newestFirst(rows.Take(HistoryFilter.TextWindow).Where(tells(pattern))).Take(wanted).ToListAsync(ct)
            : await rows.Take(wanted).ToListAsync(ct);
        var shown = found.Take(filter.Limit).ToList();
        if (found.Count == wanted) return (shown, placeOf(shown[^1]));
        return (shown, filter.Pattern is not null && await rows.Skip(HistoryFilter.TextWindow - 1).Take(1).Select(place).ToListAsync(ct) is [var last] ? last : null);
    }
}
