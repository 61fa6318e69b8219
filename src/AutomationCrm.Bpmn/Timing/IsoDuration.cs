using System.Globalization;

namespace AutomationCrm.Bpmn.Timing;

/// <summary>An ISO 8601 duration such as <c>P1M</c> or <c>PT90S</c>: calendar parts are counted in a zone, the rest in exact seconds.</summary>
public readonly record struct IsoDuration(int Months, int Days, TimeSpan Time)
{
    public static bool TryParse(string text, out IsoDuration duration)
    {
        duration = default;
        var rest = text.AsSpan().Trim();
        var isNegative = rest.StartsWith("-", StringComparison.Ordinal);
        if (isNegative) rest = rest[1..];
        if (rest.Length < 2 || rest[0] is not ('P' or 'p')) return false;
        rest = rest[1..];
        decimal months = 0, days = 0, seconds = 0;
        var inTime = false;
        while (rest.Length > 0)
        {
            if (rest[0] is 'T' or 't')
            {
                if (inTime || rest.Length == 1) return false;
                inTime = true;
                rest = rest[1..];
                continue;
            }

            var digits = 0;
            while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] is '.' or ',')) digits++;
            if (digits is 0 or > 12 || digits == rest.Length) return false;
            if (!decimal.TryParse(rest[..digits].ToString().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)) return false;
            switch (char.ToUpperInvariant(rest[digits]), inTime)
            {
                case ('Y', false): months += amount * 12; break;
                case ('M', false): months += amount; break;
                case ('W', false): days += amount * 7; break;
                case ('D', false): days += amount; break;
                case ('H', true): seconds += amount * 3600; break;
                case ('M', true): seconds += amount * 60; break;
                case ('S', true): seconds += amount; break;
                default: return false;
            }

            rest = rest[(digits + 1)..];
        }

        if (months > 12_000 || days > 365_000 || seconds > 31_536_000_000m) return false;
        seconds += (days - decimal.Truncate(days)) * 86_400;
        var sign = isNegative ? -1 : 1;
        duration = new(sign * (int)months, sign * (int)days, TimeSpan.FromTicks(sign * (long)(seconds * TimeSpan.TicksPerSecond)));
        return true;
    }

    /// <summary>The moment this much after another; days keep their time of day across a clock change.</summary>
    public DateTimeOffset After(DateTimeOffset start, TimeZoneInfo zone)
    {
        if (Months == 0 && Days == 0) return start + Time;
        var local = TimeZoneInfo.ConvertTime(start, zone).DateTime.AddMonths(Months).AddDays(Days);
        return ZonedTime.At(local, zone) + Time;
    }
}
