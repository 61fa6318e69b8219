namespace AutomationCrm.Application.People;

/// <summary>The languages of the pages, with the regions that change formats.</summary>
public static class Languages
{
    public static readonly IReadOnlyList<string> All = ["en", "en-US", "en-GB", "ru", "ru-RU"];

    public static bool IsKnown(string? language) => language is not null && All.Contains(language, StringComparer.OrdinalIgnoreCase);
}

internal static class TimeZones
{
    public static bool IsKnown(string? id) => !string.IsNullOrEmpty(id) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);
}

/// <summary>Appearance of the pages.</summary>
public static class Themes
{
    public static readonly IReadOnlyList<string> All = ["light", "dark", "system"];

    public static bool IsKnown(string? theme) => theme is not null && All.Contains(theme, StringComparer.Ordinal);
}
