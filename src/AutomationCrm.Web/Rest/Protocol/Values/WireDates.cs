using System.Globalization;

namespace AutomationCrm.Web.Rest.Protocol.Values;

/// <summary>Moments as clients write them: ISO 8601 with or without time, zone and fraction, also with a space.</summary>
internal static class WireDates
{
    private static readonly string[] WithZone = ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK"];
    private static readonly string[] Plain = ["yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    /// <summary>A moment without a zone is one of the server's zone.</summary>
    public static bool TryParse(string text, TimeZoneInfo zone, out DateTimeOffset at)
    {
        text = text.Trim();
        if (DateTime.TryParseExact(text, Plain, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return TryLocal(local, zone, out at);
        // An offset written +0300 is ISO's basic form.
        if (text.Length > 5 && text[^5] is '+' or '-' && text[^4..].All(char.IsAsciiDigit)) text = $"{text[..^2]}:{text[^2..]}";
        return DateTimeOffset.TryParseExact(text, WithZone, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at) && IsUsable(at);
    }

    private static bool TryLocal(DateTime local, TimeZoneInfo zone, out DateTimeOffset at)
    {
        at = default;
        if (local.Year is < 1 or > 9998 || local == default) return false;
        at = new DateTimeOffset(local, zone.GetUtcOffset(local));
        return IsUsable(at);
    }

    // Room for a change of zone at both ends of the calendar.
    private static bool IsUsable(DateTimeOffset at) => at.UtcDateTime.Year is > 1 and < 9999;
}
