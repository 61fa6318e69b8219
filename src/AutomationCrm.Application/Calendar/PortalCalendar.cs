using System.Globalization;
using AutomationCrm.Expressions.Calendar;

namespace AutomationCrm.Application.Calendar;

/// <summary>When the company works and where: the business calendar, the portal's time zone and the language of texts that automation writes.</summary>
public sealed record PortalCalendar(BusinessCalendar Hours, TimeZoneInfo Zone, CultureInfo Culture)
{
    /// <summary>Monday to Friday 9 to 18, UTC, English.</summary>
    public static PortalCalendar Default { get; } = new(BusinessCalendar.Default with { TimeZone = TimeZoneInfo.Utc }, TimeZoneInfo.Utc, CultureInfo.InvariantCulture);
}
