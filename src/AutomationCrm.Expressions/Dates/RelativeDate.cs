using System.Globalization;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Dates;

/// <summary>
/// English date phrases of strtotime: now, today, tomorrow, yesterday, noon, midnight, a time of day, +2 weeks, 3 days ago, next or last
/// with a unit or a day of the week, a day of the week alone, first or last day of this, next or last month, and whole dates.
/// </summary>
internal static class RelativeDate
{
    private static readonly char[] Blanks = [' ', '\t', '\n', '\r', ','];

    public static DateTimeOffset? Read(string text, DateTimeOffset basis, EvaluationContext context)
    {
        if (text.Length > 200) return null;
        if (ValueReader.TryMoment(text, context.Culture, context.TimeZone) is { } whole) return Moments.TryRead(whole, context, context.TimeZone);
        var words = text.ToLowerInvariant().Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return null;
        var clock = Zones.ToLocal(basis, context.TimeZone);
        for (var i = 0; i < words.Length;)
        {
            if (Step(words.AsSpan(i), ref clock, context) is not (> 0 and var used)) return null;
            i += used;
        }

        return Zones.ToInstant(clock, context.TimeZone);
    }

    /// <summary>How many words were understood.</summary>
    private static int Step(ReadOnlySpan<string> words, ref DateTime clock, EvaluationContext context)
    {
        if (Word(words[0], ref clock)) return 1;
        if (words[0] is "first" or "last" && words.Length >= 3 && words[1] == "day" && words[2] == "of") return 3 + DayOfMonth(words, ref clock);
        if (words[0] is "next" or "last" or "previous" or "this" && words.Length > 1) return Neighbour(words, ref clock) ? 2 : 0;
        if (ValueReader.TryMoment(words[0], context.Culture, context.TimeZone) is DateValue date)
        {
            clock = date.Day.ToDateTime(TimeOnly.MinValue);
            return 1;
        }

        return Shift(words, ref clock);
    }

    private static bool Word(string word, ref DateTime clock)
    {
        switch (word)
        {
            case "now": return true;
            case "today" or "midnight": clock = clock.Date; return true;
            case "noon": clock = clock.Date.AddHours(12); return true;
            case "tomorrow": clock = clock.Date.AddDays(1); return true;
            case "yesterday": clock = clock.Date.AddDays(-1); return true;
        }

        if (TimeOnly.TryParseExact(word, ["H:mm", "HH:mm", "H:mm:ss", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            clock = clock.Date + time.ToTimeSpan();
            return true;
        }

        if (DayOfWeekOf(word) is not { } day) return false;
        clock = clock.Date.AddDays(((int)day - (int)clock.DayOfWeek + 7) % 7);
        return true;
    }

    private static int DayOfMonth(ReadOnlySpan<string> words, ref DateTime clock)
    {
        var shift = 0;
        var used = 0;
        if (words.Length >= 5 && words[4] == "month")
        {
            shift = Direction(words[3]) ?? 0;
            used = Direction(words[3]) is null ? 0 : 2;
        }

        clock = clock.AddDays(1 - clock.Day).AddMonths(shift);
        if (words[0] == "last") clock = clock.AddMonths(1).AddDays(-1);
        return used;
    }

    private static int? Direction(string word) => word switch
    {
        "next" => 1,
        "last" or "previous" => -1,
        "this" => 0,
        _ => null,
    };

    private static bool Neighbour(ReadOnlySpan<string> words, ref DateTime clock)
    {
        var direction = Direction(words[0])!.Value;
        if (DayOfWeekOf(words[1]) is { } day)
        {
            var ahead = ((int)day - (int)clock.DayOfWeek + 7) % 7;
            clock = clock.Date.AddDays(direction switch
            {
                > 0 => ahead == 0 ? 7 : ahead,
                < 0 => ahead - 7,
                _ => ahead,
            });
            return true;
        }

        return Add($"{direction.ToString(CultureInfo.InvariantCulture)}", words[1], ago: false, ref clock);
    }

    private static int Shift(ReadOnlySpan<string> words, ref DateTime clock)
    {
        var letters = words[0].AsSpan().IndexOfAnyInRange('a', 'z');
        if (letters > 0)
        {
            var agoNext = words.Length > 1 && words[1] == "ago";
            return Add(words[0][..letters], words[0][letters..], agoNext, ref clock) ? (agoNext ? 2 : 1) : 0;
        }

        if (words.Length < 2) return 0;
        var ago = words.Length > 2 && words[2] == "ago";
        return Add(words[0], words[1], ago, ref clock) ? (ago ? 3 : 2) : 0;
    }

    private static bool Add(string number, string unit, bool ago, ref DateTime clock)
    {
        if (!int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) || unit.Length < 3) return false;
        if (Interval.Parse("1" + unit) is not { } one) return false;
        long times = ago ? -(long)count : count;
        clock = clock.AddMonths(checked((int)(one.Months * times))).AddDays(one.Days * times).AddSeconds(one.Seconds * times);
        return true;
    }

    private static DayOfWeek? DayOfWeekOf(string word)
    {
        if (word.Length < 3) return null;
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            var name = day.ToString().ToLowerInvariant();
            if (word == name || word == name[..3]) return day;
        }

        return null;
    }
}
