using System.Globalization;

namespace AutomationCrm.Expressions.Values;

/// <summary>Text to typed value; the counterpart of <see cref="ValueText"/>. Answers false or null, never throws, never guesses.</summary>
public static class ValueReader
{
    private const NumberStyles Numeric = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    private static readonly string[] Days = ["yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy", "yyyy/MM/dd"];

    private static readonly string[] Moments =
    [
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
        "dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:ss", "d.M.yyyy HH:mm", "d.M.yyyy HH:mm:ss",
    ];

    private static readonly string[] Zoned = ["yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd HH:mm:sszzz"];

    /// <summary>A number with a point or with the culture's decimal separator, without grouping.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, CultureInfo culture, out decimal number)
    {
        number = 0;
        if (text.Length > 64) return false;
        return decimal.TryParse(text, Numeric, CultureInfo.InvariantCulture, out number)
            || (!ReferenceEquals(culture, CultureInfo.InvariantCulture) && decimal.TryParse(text, Numeric, culture, out number));
    }

    public static bool? TryBool(string text) => text.Trim().ToUpperInvariant() switch
    {
        "Y" or "YES" or "TRUE" or "1" or "ДА" => true,
        "" or "N" or "NO" or "FALSE" or "0" or "НЕТ" => false,
        _ => null,
    };

    /// <summary>A day, or a moment when the text has a time of day; times without an offset are in <paramref name="zone"/>.</summary>
    public static Value? TryMoment(string text, CultureInfo culture, TimeZoneInfo zone)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length is 0 or > 64) return null;
        if (DateOnly.TryParseExact(trimmed, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return new DateValue(day);
        if (DateTime.TryParseExact(trimmed, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return new InstantValue(Zones.ToInstant(local, zone));
        return TryZoned(trimmed) ?? TryCulture(trimmed, culture, zone);
    }

    public static MoneyValue? TryMoney(string text, CultureInfo culture)
    {
        var split = text.IndexOf('|', StringComparison.Ordinal);
        if (split < 0) split = text.Trim().LastIndexOf(' ');
        if (split <= 0 || !TryNumber(text.AsSpan(0, split), culture, out var amount)) return null;
        var currency = text[(split + 1)..].Trim();
        return currency.Length == 3 && currency.All(char.IsAsciiLetterUpper) ? new MoneyValue(amount, currency) : null;
    }

    public static long? TryUser(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.StartsWith("user_", StringComparison.OrdinalIgnoreCase)) trimmed = trimmed[5..];
        return long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    private static InstantValue? TryZoned(ReadOnlySpan<char> text)
    {
        var styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            || (text[^1] is 'Z' or 'z' && DateTimeOffset.TryParseExact(text[..^1], Moments, CultureInfo.InvariantCulture, styles, out at))
            ? new InstantValue(at.ToUniversalTime())
            : null;
    }

    private static Value? TryCulture(ReadOnlySpan<char> text, CultureInfo culture, TimeZoneInfo zone)
    {
        var format = culture.DateTimeFormat;
        // Cultures put narrow blanks before AM and PM, people type ordinary ones.
        Span<char> typed = stackalloc char[text.Length];
        text.CopyTo(typed);
        typed.Replace('\u202f', ' ');
        typed.Replace('\u00a0', ' ');
        if (DateOnly.TryParseExact(typed, Plain(format.ShortDatePattern), culture, DateTimeStyles.None, out var day)) return new DateValue(day);
        string[] patterns = [Plain($"{format.ShortDatePattern} {format.ShortTimePattern}"), Plain($"{format.ShortDatePattern} {format.LongTimePattern}")];
        return DateTime.TryParseExact(typed, patterns, culture, DateTimeStyles.None, out var local) ? new InstantValue(Zones.ToInstant(local, zone)) : null;
    }

    private static string Plain(string pattern) => pattern.Replace('\u202f', ' ').Replace('\u00a0', ' ');
}
