using System.Globalization;

namespace AutomationCrm.Web.Localization;

/// <summary>How the person of this request reads numbers and times.</summary>
public interface IUserPreferences
{
    CultureInfo Culture { get; }

    TimeZoneInfo TimeZone { get; }

    /// <summary>Keeps the given ones for later requests; null leaves one as it is. Unknown names are an <see cref="ArgumentException"/>.</summary>
    Task SaveAsync(string? culture, string? timeZone, CancellationToken ct);
}
