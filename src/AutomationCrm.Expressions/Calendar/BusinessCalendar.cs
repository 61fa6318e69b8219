using System.Collections.Immutable;

namespace AutomationCrm.Expressions.Calendar;

/// <summary>Work hours of a day; an end of <see cref="TimeOnly.MinValue"/> means midnight.</summary>
public readonly record struct WorkHours(TimeOnly Start, TimeOnly End)
{
    public TimeSpan Length => (End == TimeOnly.MinValue ? TimeSpan.FromDays(1) : End.ToTimeSpan()) - Start.ToTimeSpan();
}

/// <summary>
/// The company's working time as data: hours of the day, weekly days off, yearly holidays (day and month),
/// and single dates that are off or worked against the rule. Bitrix24 knows the first three.
/// </summary>
public sealed record BusinessCalendar
{
    public static BusinessCalendar Default { get; } = new();

    public TimeOnly DayStart { get; init; } = new(9, 0);

    /// <summary>The end of the working day, later than its start; <see cref="TimeOnly.MinValue"/> means midnight.</summary>
    public TimeOnly DayEnd { get; init; } = new(18, 0);

    /// <summary>Weekdays with hours of their own.</summary>
    public ImmutableDictionary<DayOfWeek, WorkHours> Hours { get; init; } = ImmutableDictionary<DayOfWeek, WorkHours>.Empty;

    public ImmutableHashSet<DayOfWeek> DaysOff { get; init; } = [DayOfWeek.Saturday, DayOfWeek.Sunday];

    public ImmutableHashSet<(int Month, int Day)> YearlyHolidays { get; init; } = [];

    public ImmutableHashSet<DateOnly> ExtraDaysOff { get; init; } = [];

    public ImmutableHashSet<DateOnly> ExtraWorkingDays { get; init; } = [];

    /// <summary>The company's zone; without one the zone of the evaluation.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>The length of one working day, which <c>1d</c> of working time means; zero or less means nobody ever works.</summary>
    public TimeSpan DayLength => new WorkHours(DayStart, DayEnd).Length;

    public WorkHours HoursOf(DateOnly day) => Hours.TryGetValue(day.DayOfWeek, out var own) ? own : new(DayStart, DayEnd);

    public bool IsWorkingDay(DateOnly day) =>
        ExtraWorkingDays.Contains(day)
        || (!ExtraDaysOff.Contains(day) && !DaysOff.Contains(day.DayOfWeek) && !YearlyHolidays.Contains((day.Month, day.Day)));

    public bool IsWorkingTime(DateTime local)
    {
        var hours = HoursOf(DateOnly.FromDateTime(local));
        return IsWorkingDay(DateOnly.FromDateTime(local)) && local.TimeOfDay >= hours.Start.ToTimeSpan() && local.TimeOfDay < hours.Start.ToTimeSpan() + hours.Length;
    }

    /// <summary>A wall clock time moved along working days and working time, forwards or back; it ends in working time. Null when nobody works within 1000 days.</summary>
    public DateTime? Move(DateTime local, int days, TimeSpan time)
    {
        var left = 100_000;
        return new WorkingTime(this, () => --left > 0).Add(local, (DayLength * days) + time);
    }

    /// <summary>The day itself or the next one on which somebody works; null when there is none within 1000 days.</summary>
    public DateOnly? NextWorkingDay(DateOnly day)
    {
        for (var tried = 0; tried < WorkingTime.LongestBreak; tried++, day = day.AddDays(1))
            if (IsWorkingDay(day)) return day;
        return null;
    }
}
