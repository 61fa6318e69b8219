using System.Globalization;
using System.Text;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Dates;

/// <summary>Shows a moment by PHP's date letters (d.m.Y H:i); a backslash keeps the next character as it is, other characters stay.</summary>
internal static class DatePattern
{
    public static string Show(string pattern, DateTimeOffset at, TimeZoneInfo zone, CultureInfo names)
    {
        var local = Zones.ToLocal(at, zone);
        var text = new StringBuilder(pattern.Length * 2);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                if (++i < pattern.Length) text.Append(pattern[i]);
            }
            else
            {
                Append(text, pattern[i], at, local, zone, names);
            }
        }

        return text.ToString();
    }

    /// <summary>No letter shows more than this many characters.</summary>
    public const int LongestLetter = 64;

    private static void Append(StringBuilder text, char letter, DateTimeOffset at, DateTime local, TimeZoneInfo zone, CultureInfo names)
    {
        var shown = Day(letter, local, names) ?? Calendar(letter, local, names) ?? Clock(letter, at, local) ?? Zone(letter, at, local, zone);
        if (shown is null) text.Append(letter);
        else text.Append(shown);
    }

    private static string? Day(char letter, DateTime day, CultureInfo names) => letter switch
    {
        'd' => Two(day.Day),
        'j' => Plain(day.Day),
        'D' => names.DateTimeFormat.GetAbbreviatedDayName(day.DayOfWeek),
        'l' => names.DateTimeFormat.GetDayName(day.DayOfWeek),
        'N' => Plain(day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek),
        'w' => Plain((int)day.DayOfWeek),
        'z' => Plain(day.DayOfYear - 1),
        'W' => Two(ISOWeek.GetWeekOfYear(day)),
        'S' => (day.Day % 10, day.Day / 10) switch
        {
            (1, not 1) => "st",
            (2, not 1) => "nd",
            (3, not 1) => "rd",
            _ => "th",
        },
        _ => null,
    };

    private static string? Calendar(char letter, DateTime day, CultureInfo names) => letter switch
    {
        'm' => Two(day.Month),
        'n' => Plain(day.Month),
        'M' => names.DateTimeFormat.GetAbbreviatedMonthName(day.Month),
        'F' => MonthName(day.Month, names),
        'f' => names.DateTimeFormat.GetMonthName(day.Month),
        't' => Plain(DateTime.DaysInMonth(day.Year, day.Month)),
        'L' => DateTime.IsLeapYear(day.Year) ? "1" : "0",
        'Y' => day.Year.ToString("0000", CultureInfo.InvariantCulture),
        'y' => Two(day.Year % 100),
        'o' => Plain(ISOWeek.GetYear(day)),
        _ => null,
    };

    private static string? Clock(char letter, DateTimeOffset at, DateTime clock) => letter switch
    {
        'H' => Two(clock.Hour),
        'G' => Plain(clock.Hour),
        'h' => Two(((clock.Hour + 11) % 12) + 1),
        'g' => Plain(((clock.Hour + 11) % 12) + 1),
        'i' => Two(clock.Minute),
        's' => Two(clock.Second),
        'a' => clock.Hour < 12 ? "am" : "pm",
        'A' => clock.Hour < 12 ? "AM" : "PM",
        'v' => clock.Millisecond.ToString("000", CultureInfo.InvariantCulture),
        'u' => (clock.Ticks / 10 % 1_000_000).ToString("000000", CultureInfo.InvariantCulture),
        'U' => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string? Zone(char letter, DateTimeOffset at, DateTime local, TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(at);
        var sign = offset < TimeSpan.Zero ? "-" : "+";
        return letter switch
        {
            'e' => zone.Id,
            'I' => zone.IsDaylightSavingTime(at) ? "1" : "0",
            'Z' => Plain((int)offset.TotalSeconds),
            'O' => sign + offset.ToString("hhmm", CultureInfo.InvariantCulture),
            'P' => sign + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture),
            'c' => local.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + sign + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture),
            'r' => local.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + sign + offset.ToString("hhmm", CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    // Many languages inflect the month beside a day ("5 января"); f gives the bare name.
    private static string MonthName(int month, CultureInfo names)
    {
        var inflected = names.DateTimeFormat.MonthGenitiveNames[month - 1];
        return inflected.Length > 0 ? inflected : names.DateTimeFormat.GetMonthName(month);
    }

    private static string Two(int number) => number.ToString("00", CultureInfo.InvariantCulture);

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
