using System.Globalization;

namespace AutomationCrm.Expressions.Dates;

/// <summary>
/// A span as Bitrix24 writes it: numbers with units in a row, <c>1d 2h 30i</c> or <c>2 days 1 hour</c>; a leading minus negates all of it;
/// <c>m</c> is a month, <c>i</c> a minute.
/// </summary>
internal readonly record struct Interval(long Months, long Days, long Seconds)
{
    public bool IsEmpty => this == default;

    public static Interval? Parse(string text)
    {
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty) return default(Interval);
        var negative = rest[0] == '-';
        if (rest[0] is '-' or '+') rest = rest[1..].TrimStart();
        var sum = default(Interval);
        do
        {
            if (Take(ref rest) is not { } part) return null;
            sum = new Interval(sum.Months + part.Months, sum.Days + part.Days, sum.Seconds + part.Seconds);
        }
        while (!rest.IsEmpty);
        return negative ? new Interval(-sum.Months, -sum.Days, -sum.Seconds) : sum;
    }

    /// <summary>Months and days move the wall clock of the zone, hours and smaller units are exact time.</summary>
    public DateTimeOffset AddTo(DateTimeOffset at, TimeZoneInfo zone)
    {
        if (Months == 0 && Days == 0) return at.AddSeconds(Seconds);
        var local = Values.Zones.ToLocal(at, zone).AddMonths(checked((int)Months)).AddDays(Days);
        return Values.Zones.ToInstant(local, zone).AddSeconds(Seconds);
    }

    private static Interval? Take(ref ReadOnlySpan<char> rest)
    {
        var digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits])) digits++;
        // Nine digits of any unit keep every sum far inside a long.
        if (digits is 0 or > 9 || !long.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        rest = rest[digits..].TrimStart();
        var letters = 0;
        while (letters < rest.Length && char.IsAsciiLetter(rest[letters])) letters++;
        var unit = Unit(rest[..letters], number);
        rest = rest[letters..].TrimStart();
        return unit;
    }

    private static Interval? Unit(ReadOnlySpan<char> name, long number)
    {
        Span<char> lower = stackalloc char[Math.Min(name.Length, 16)];
        if (name.Length > 16) return null;
        name.ToLowerInvariant(lower);
        return lower switch
        {
            "y" or "year" or "years" => new Interval(12 * number, 0, 0),
            "m" or "month" or "months" => new Interval(number, 0, 0),
            "w" or "week" or "weeks" => new Interval(0, 7 * number, 0),
            "d" or "day" or "days" => new Interval(0, number, 0),
            "h" or "hour" or "hours" => new Interval(0, 0, 3600 * number),
            "i" or "min" or "mins" or "minute" or "minutes" => new Interval(0, 0, 60 * number),
            "s" or "sec" or "secs" or "second" or "seconds" => new Interval(0, 0, number),
            _ => null,
        };
    }
}
