using System.Collections.Immutable;

namespace AutomationCrm.Expressions.Calendar;

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

    public ImmutableHashSet<DayOfWeek> DaysOff { get; init; } = [DayOfWeek.Saturday, DayOfWeek.Sunday];

    public ImmutableHashSet<(int Month, int Day)> YearlyHolidays { get; init; } = [];

    public ImmutableHashSet<DateOnly> ExtraDaysOff { get; init; } = [];

    public ImmutableHashSet<DateOnly> ExtraWorkingDays { get; init; } = [];

    /// <summary>The company's zone; without one the zone of the evaluation.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>The length of one working day; zero or less means nobody ever works.</summary>
    public TimeSpan DayLength => (DayEnd == TimeOnly.MinValue ? TimeSpan.FromDays(1) : DayEnd.ToTimeSpan()) - DayStart.ToTimeSpan();

    public bool IsWorkingDay(DateOnly day) =>
        ExtraWorkingDays.Contains(day)
        || (!ExtraDaysOff.Contains(day) && !DaysOff.Contains(day.DayOfWeek) && !YearlyHolidays.Contains((day.Month, day.Day)));

    public bool IsWorkingTime(DateTime local) =>
        IsWorkingDay(DateOnly.FromDateTime(local)) && local.TimeOfDay >= DayStart.ToTimeSpan() && local.TimeOfDay < DayStart.ToTimeSpan() + DayLength;
}
