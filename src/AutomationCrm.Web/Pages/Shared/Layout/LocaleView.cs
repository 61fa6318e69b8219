namespace AutomationCrm.Web.Pages.Shared.Layout;

/// <summary>The fields of language and time zone: of a person in his account, of a visitor in his browser.</summary>
/// <param name="LanguageName">The name of the language's field.</param>
/// <param name="Width">Columns of one field.</param>
public sealed record LocaleView(string Culture, string TimeZone, string LanguageName, string Width)
{
    /// <summary>IANA zones, west to east, each with its offset of today; the one that is set stands there even when it has another name.</summary>
    public static IReadOnlyList<(string Id, string Label)> Zones(string chosen, DateTimeOffset now) => [..
        from zone in TimeZoneInfo.GetSystemTimeZones()
        where zone.Id == "UTC" || zone.Id == chosen || (zone.Id.Contains('/', StringComparison.Ordinal) && !zone.Id.StartsWith("Etc/", StringComparison.Ordinal))
        let offset = zone.GetUtcOffset(now)
        orderby offset, zone.Id
        select (zone.Id, $"UTC{(offset < TimeSpan.Zero ? "−" : "+")}{offset:hh\\:mm}  {zone.Id.Replace('_', ' ')}")];
}
