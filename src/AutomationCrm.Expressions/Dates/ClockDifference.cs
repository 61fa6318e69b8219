using System.Globalization;
using System.Text;

namespace AutomationCrm.Expressions.Dates;

/// <summary>The difference of two wall clock times in years, months, days and time, shown by PHP's interval letters (%a all days, %d, %h …).</summary>
internal readonly record struct ClockDifference(int Months, TimeSpan Rest, long TotalDays, bool IsNegative)
{
    public static ClockDifference Between(DateTime from, DateTime to)
    {
        var (early, late) = from <= to ? (from, to) : (to, from);
        var months = ((late.Year - early.Year) * 12) + late.Month - early.Month;
        while (months > 0 && early.AddMonths(months) > late) months--;
        return new ClockDifference(months, late - early.AddMonths(months), (late - early).Days, to < from);
    }

    /// <summary>A number when the format is one code, otherwise text; null when a code is unknown.</summary>
    public object? Show(string format)
    {
        if (format.Length == 2 && format[0] == '%' && Number(char.ToLowerInvariant(format[1])) is { } number && char.IsLower(format[1])) return number;
        var text = new StringBuilder(format.Length);
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            if (Part(format[++i]) is not { } part) return null;
            text.Append(part);
        }

        return text.ToString();
    }

    private string? Part(char code) => code switch
    {
        '%' => "%",
        'R' => IsNegative ? "-" : "+",
        'r' => IsNegative ? "-" : "",
        'Y' => (Months / 12).ToString("0000", CultureInfo.InvariantCulture),
        'M' or 'D' or 'H' or 'I' or 'S' => Number(char.ToLowerInvariant(code))!.Value.ToString("00", CultureInfo.InvariantCulture),
        _ => Number(code)?.ToString(CultureInfo.InvariantCulture),
    };

    private long? Number(char code) => code switch
    {
        'a' => TotalDays,
        'y' => Months / 12,
        'm' => Months % 12,
        'd' => Rest.Days,
        'h' => Rest.Hours,
        'i' => Rest.Minutes,
        's' => Rest.Seconds,
        _ => null,
    };
}
