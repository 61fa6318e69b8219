using System.Globalization;

namespace AutomationCrm.Web.Rest.Protocol.Values;

/// <summary>How moments and days are written: in the zone of the server, to the second, with its offset and never with Z.</summary>
internal sealed record RestFormat(TimeZoneInfo Zone)
{
    public string Instant(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, Zone).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>A day is written as its midnight in the zone.</summary>
    public string Day(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    /// <summary>Unix seconds with microseconds.</summary>
    public static decimal UnixSeconds(DateTimeOffset at) => decimal.Round((at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10_000_000m, 6);
}
