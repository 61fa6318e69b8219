using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AutomationCrm.Expressions.Calendar;

namespace AutomationCrm.Application.Calendar;

/// <summary>The content of a version of the business calendar: work hours per weekday (a day without is off), holidays, time zone, language.</summary>
public sealed record CalendarConfig
{
    public const string ConfigKind = "calendar";
    public const string ConfigKey = "portal";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>IANA id.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>en or ru: how automation writes numbers and dates into texts.</summary>
    public string Language { get; init; } = "en";

    /// <summary>By day, monday to sunday; <c>{"start":"09:00","end":"18:00"}</c>, an end of 00:00 is midnight.</summary>
    public IReadOnlyDictionary<string, WorkDay> Week { get; init; } = new Dictionary<string, WorkDay>
    {
        ["monday"] = WorkDay.Usual,
        ["tuesday"] = WorkDay.Usual,
        ["wednesday"] = WorkDay.Usual,
        ["thursday"] = WorkDay.Usual,
        ["friday"] = WorkDay.Usual,
    };

    /// <summary>Every year, <c>12-25</c>.</summary>
    public IReadOnlyList<string> YearlyHolidays { get; init; } = [];

    /// <summary>Single days off, <c>2026-04-03</c>.</summary>
    public IReadOnlyList<string> DaysOff { get; init; } = [];

    /// <summary>Single days that are worked against the rule.</summary>
    public IReadOnlyList<string> WorkingDays { get; init; } = [];

    public static string NameOf(DayOfWeek day) => day.ToString().ToLowerInvariant();

    /// <summary>Ready for use; only for a configuration without problems.</summary>
    public PortalCalendar Compile()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var hours = Enum.GetValues<DayOfWeek>().Where(d => Week.ContainsKey(NameOf(d))).ToImmutableDictionary(d => d, d => Week[NameOf(d)].Hours!.Value);
        // What a working day is as a measure: the most common length of the week.
        var usual = hours.Values.GroupBy(h => h).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key.Length).Select(g => g.Key).DefaultIfEmpty(new(new(9, 0), new(18, 0))).First();
        return new(
            new BusinessCalendar
            {
                DayStart = usual.Start,
                DayEnd = usual.End,
                Hours = hours,
                DaysOff = [.. Enum.GetValues<DayOfWeek>().Where(d => !hours.ContainsKey(d))],
                YearlyHolidays = [.. YearlyHolidays.Select(Yearly).OfType<(int, int)>()],
                ExtraDaysOff = [.. DaysOff.Select(Day).OfType<DateOnly>()],
                ExtraWorkingDays = [.. WorkingDays.Select(Day).OfType<DateOnly>()],
                TimeZone = zone,
            },
            zone,
            Language == "ru" ? CultureInfo.GetCultureInfo("ru-RU") : CultureInfo.InvariantCulture);
    }

    internal static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    internal static (int, int)? Yearly(string text) => Day("2024-" + text) is { } day ? (day.Month, day.Day) : null;
}

public sealed record WorkDay(string Start, string End)
{
    public static WorkDay Usual { get; } = new("09:00", "18:00");

    /// <summary>Null when they are no hours of a day.</summary>
    internal WorkHours? Hours =>
        TimeOnly.TryParseExact(Start, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start) && TimeOnly.TryParseExact(End, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end) && new WorkHours(start, end) is { Length.Ticks: > 0 } hours ? hours : null;
}
