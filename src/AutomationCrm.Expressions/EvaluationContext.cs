using System.Globalization;
using AutomationCrm.Expressions.Calendar;

namespace AutomationCrm.Expressions;

/// <summary>
/// Everything besides the values an evaluation depends on, so that the same context and values give the same result.
/// Immutable and shareable; the random functions start from <see cref="Seed"/> at each evaluation.
/// </summary>
public sealed record EvaluationContext(DateTimeOffset Now)
{
    /// <summary>How numbers, dates and yes/no become text.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Where moments are shown, and where texts without an offset are read.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The zones of the modifiers server, author and responsible.</summary>
    public TimeZoneInfo ServerTimeZone { get; init; } = TimeZoneInfo.Utc;

    public TimeZoneInfo? AuthorTimeZone { get; init; }

    public TimeZoneInfo? ResponsibleTimeZone { get; init; }

    public BusinessCalendar Calendar { get; init; } = BusinessCalendar.Default;

    public IHostFacts Facts { get; init; } = NoHostFacts.Instance;

    public Budget Budget { get; init; } = Budget.Default;

    public ulong Seed { get; init; }

    /// <summary>
    /// Makes each value that stands inside a text safe for where the text goes (HTML, JSON, a link); the author's own text stays as it is.
    /// Values that keep their type are not touched.
    /// </summary>
    public Func<string, string>? Encode { get; init; }
}
