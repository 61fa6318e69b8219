using System.Globalization;

namespace AutomationCrm.Bpmn.Timing;

/// <summary>When a timer fires: first moment, how many times (-1 endless), and the text it repeats by.</summary>
internal readonly record struct TimerPlan(DateTimeOffset Due, int Times, string? Cycle)
{
    /// <summary>Reads a date, duration, cycle or cron line; the problem is a sentence for the designer.</summary>
    public static bool TryRead(string text, DateTimeOffset now, TimeZoneInfo zone, TimeSpan minimumRepeat, out TimerPlan plan, out string problem)
    {
        plan = default;
        problem = "";
        text = text.Trim();
        if (IsoDuration.TryParse(text, out var duration))
        {
            plan = new(duration.After(now, zone), 1, null);
            return true;
        }

        if (text.StartsWith('R') && text.Contains('/', StringComparison.Ordinal)) return TryReadCycle(text, now, zone, minimumRepeat, out plan, out problem);
        if (text.Contains(' ', StringComparison.Ordinal) && CronLine.TryParse(text, out var cron))
        {
            if (cron.Next(now, zone) is not { } first)
            {
                problem = $"The cron line '{text}' never fires.";
                return false;
            }

            plan = new(first, -1, text);
            return true;
        }

        if (TryReadDate(text, zone, out var date))
        {
            plan = new(date, 1, null);
            return true;
        }

        problem = $"'{text}' is no date, duration, cycle or cron line.";
        return false;
    }

    /// <summary>The next firing after one at <paramref name="due"/>; what was missed until now is skipped and counted.</summary>
    public static DateTimeOffset? Next(string cycle, DateTimeOffset due, DateTimeOffset now, TimeZoneInfo zone, out int misses)
    {
        misses = 0;
        if (!cycle.StartsWith('R')) return CronLine.TryParse(cycle, out var cron) ? cron.Next(now > due ? now : due, zone) : null;
        if (!TryReadInterval(cycle, zone, out var interval, out _, out var end)) return null;
        var next = interval.After(due, zone);
        if (next <= now && interval is { Months: 0, Days: 0 })
        {
            misses = (int)Math.Min(int.MaxValue, (now - next).Ticks / interval.Time.Ticks + 1);
            next += interval.Time * misses;
        }

        for (; next <= now && next > due; misses++) next = interval.After(next, zone);
        return end is { } last && next > last ? null : next;
    }

    private static bool TryReadCycle(string text, DateTimeOffset now, TimeZoneInfo zone, TimeSpan minimumRepeat, out TimerPlan plan, out string problem)
    {
        plan = default;
        problem = $"'{text}' is no cycle; write for example R3/PT1H.";
        var count = text[1..text.IndexOf('/', StringComparison.Ordinal)];
        var times = -1;
        if (count.Length > 0 && (!int.TryParse(count, CultureInfo.InvariantCulture, out times) || times == 0)) return false;
        if (!TryReadInterval(text, zone, out var interval, out var start, out var end)) return false;
        if (interval.After(now, zone) - now < minimumRepeat)
        {
            problem = $"The cycle '{text}' repeats faster than {minimumRepeat}.";
            return false;
        }

        var due = start ?? interval.After(now, zone);
        if (start is not null && due < now && end is null && times < 0) due = Next(text, due, now, zone, out _) ?? due;
        problem = "";
        plan = new(due, Math.Max(times, -1), text);
        return true;
    }

    private static bool TryReadInterval(string cycle, TimeZoneInfo zone, out IsoDuration interval, out DateTimeOffset? start, out DateTimeOffset? end)
    {
        var parts = cycle.Split('/');
        (start, end, interval) = (null, null, default);
        if (parts.Length is < 2 or > 3) return false;
        if (IsoDuration.TryParse(parts[1], out interval)) return parts.Length == 2 || TryDate(parts[2], zone, ref end);
        if (parts.Length == 3 && IsoDuration.TryParse(parts[2], out interval)) return TryDate(parts[1], zone, ref start);
        if (parts.Length < 3 || !TryDate(parts[1], zone, ref start) || !TryDate(parts[2], zone, ref end)) return false;
        interval = new(0, 0, end!.Value - start!.Value);
        end = null;
        return true;
    }

    private static bool TryDate(string text, TimeZoneInfo zone, ref DateTimeOffset? date)
    {
        if (!TryReadDate(text, zone, out var found)) return false;
        date = found;
        return true;
    }

    private static bool TryReadDate(string text, TimeZoneInfo zone, out DateTimeOffset date)
    {
        date = default;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var parsed)) return false;
        date = parsed.Kind == DateTimeKind.Utc ? new(parsed, TimeSpan.Zero) : ZonedTime.At(parsed, zone);
        return true;
    }
}
