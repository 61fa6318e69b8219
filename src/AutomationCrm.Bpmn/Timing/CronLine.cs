using System.Globalization;

namespace AutomationCrm.Bpmn.Timing;

/// <summary>A cron line of five fields (minute first) or six (second first); <c>? * , - /</c>, names of months and days, Sunday is 0 or 7.</summary>
internal sealed class CronLine
{
    private static readonly string[] MonthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] DayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private static readonly string[] NoNames = [];

    private ulong seconds = 1;
    private ulong minutes;
    private ulong hours;
    private ulong days;
    private ulong months;
    private ulong weekdays;
    private bool anyDay;
    private bool anyWeekday;

    public static bool TryParse(string text, out CronLine line)
    {
        line = new();
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is < 5 or > 6) return false;
        var at = 0;
        if (fields.Length == 6 && !TryField(fields[at++], 0, 59, NoNames, 0, out line.seconds)) return false;
        if (!TryField(fields[at++], 0, 59, NoNames, 0, out line.minutes)) return false;
        if (!TryField(fields[at++], 0, 23, NoNames, 0, out line.hours)) return false;
        line.anyDay = fields[at] is "*" or "?";
        if (!TryField(fields[at++], 1, 31, NoNames, 0, out line.days)) return false;
        if (!TryField(fields[at++], 1, 12, MonthNames, 1, out line.months)) return false;
        line.anyWeekday = fields[at] is "*" or "?";
        if (!TryField(fields[at], 0, 7, DayNames, 0, out line.weekdays)) return false;
        if ((line.weekdays & (1UL << 7)) != 0) line.weekdays |= 1;
        return true;
    }

    /// <summary>The first moment after another at which all fields fit, or null within five years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var end = local.AddYears(5);
        for (var day = local.Date; day < end; day = day.AddDays(1))
        {
            if (!FitsDay(day)) continue;
            foreach (var time in TimesOf(day))
            {
                if (time <= local) continue;
                var moment = ZonedTime.At(time, zone);
                if (moment > after) return moment;
            }
        }

        return null;
    }

    private IEnumerable<DateTime> TimesOf(DateTime day)
    {
        for (var h = 0; h < 24; h++)
        {
            if (!Has(hours, h)) continue;
            for (var m = 0; m < 60; m++)
            {
                if (!Has(minutes, m)) continue;
                for (var s = 0; s < 60; s++)
                    if (Has(seconds, s)) yield return day.AddHours(h).AddMinutes(m).AddSeconds(s);
            }
        }
    }

    private bool FitsDay(DateTime day)
    {
        if (!Has(months, day.Month)) return false;
        var (byDay, byWeekday) = (Has(days, day.Day), Has(weekdays, (int)day.DayOfWeek));
        return anyDay || anyWeekday ? byDay && byWeekday : byDay || byWeekday;
    }

    private static bool Has(ulong set, int bit) => (set & (1UL << bit)) != 0;

    private static bool TryField(string field, int low, int high, string[] names, int nameOffset, out ulong set)
    {
        set = 0;
        foreach (var part in field.Split(','))
        {
            var (range, step) = (part, 1);
            if (part.IndexOf('/', StringComparison.Ordinal) is var slash and > 0)
            {
                range = part[..slash];
                if (!int.TryParse(part[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out step) || step == 0) return false;
            }

            if (!TryRange(range, low, high, names, nameOffset, step > 1 || range != part, out var from, out var to)) return false;
            for (var i = from; i <= to; i += step) set |= 1UL << i;
        }

        return set != 0;
    }

    private static bool TryRange(string range, int low, int high, string[] names, int nameOffset, bool isOpen, out int from, out int to)
    {
        (from, to) = (low, high == 7 ? 6 : high);
        if (range is "*" or "?") return true;
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        if (!TryNumber(dash > 0 ? range[..dash] : range, names, nameOffset, out from)) return false;
        if (dash > 0 && !TryNumber(range[(dash + 1)..], names, nameOffset, out to)) return false;
        if (dash <= 0 && !isOpen) to = from;
        return from >= low && to <= high && from <= to;
    }

    private static bool TryNumber(string text, string[] names, int nameOffset, out int number)
    {
        number = Array.FindIndex(names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (number < 0) return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        number += nameOffset;
        return true;
    }
}
