namespace AutomationCrm.Expressions.Calendar;

/// <summary>Moves wall clock times along the working time of a calendar. No answer: nobody works within <see cref="LongestBreak"/> days.</summary>
internal sealed class WorkingTime(BusinessCalendar calendar, Func<bool> step)
{
    public const int LongestBreak = 1000;

    /// <summary>The same time of day, n working days later or earlier.</summary>
    public DateTime? AddDays(DateTime from, int days)
    {
        var at = from;
        for (var left = Math.Abs(days); left > 0; left--)
        {
            if (Neighbour(at, Math.Sign(days)) is not { } next) return null;
            at = next;
        }

        return at;
    }

    /// <summary>Working time later; the end of a working day is the start of the next.</summary>
    public DateTime? Add(DateTime from, TimeSpan duration) =>
        calendar.DayLength <= TimeSpan.Zero ? null : duration < TimeSpan.Zero ? Back(from, -duration) : Forward(from, duration);

    private DateTime? Forward(DateTime from, TimeSpan left)
    {
        DateTime? at = from;
        if (!calendar.IsWorkingDay(DateOnly.FromDateTime(from)) || from >= EndOf(from)) at = NextStart(from);
        else if (from < StartOf(from)) at = StartOf(from);
        while (at is { } now && left >= EndOf(now) - now)
        {
            left -= EndOf(now) - now;
            at = NextStart(now);
        }

        return at + left;
    }

    private DateTime? Back(DateTime from, TimeSpan left)
    {
        DateTime? at = from;
        if (!calendar.IsWorkingDay(DateOnly.FromDateTime(from)) || from <= StartOf(from)) at = PreviousEnd(from);
        else if (from > EndOf(from)) at = EndOf(from);
        while (at is { } now && left > now - StartOfDayEnding(now))
        {
            left -= now - StartOfDayEnding(now);
            at = PreviousEnd(StartOfDayEnding(now));
        }

        return at - left;
    }

    private DateTime StartOf(DateTime day) => day.Date + calendar.HoursOf(DateOnly.FromDateTime(day)).Start.ToTimeSpan();

    private DateTime EndOf(DateTime day) => StartOf(day) + calendar.HoursOf(DateOnly.FromDateTime(day)).Length;

    // A day that ends at midnight ends on the next date.
    private DateTime StartOfDayEnding(DateTime at) => StartOf(at) < at ? StartOf(at) : StartOf(at.AddDays(-1));

    private DateTime? NextStart(DateTime from) => Neighbour(from, 1) is { } day ? StartOf(day) : null;

    private DateTime? PreviousEnd(DateTime from) => Neighbour(from, -1) is { } day ? EndOf(day) : null;

    private DateTime? Neighbour(DateTime from, int direction)
    {
        var day = from;
        for (var tried = 0; tried < LongestBreak; tried++)
        {
            if (!step()) return null;
            day = day.AddDays(direction);
            if (calendar.IsWorkingDay(DateOnly.FromDateTime(day))) return day;
        }

        return null;
    }
}
