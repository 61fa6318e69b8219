using System.Globalization;

namespace AutomationCrm.Web.Localization;

/// <summary>Preferences from the signed-in person's claims, else from cookies, else English and UTC.</summary>
internal sealed class HttpUserPreferences(IHttpContextAccessor accessor) : IUserPreferences
{
    public const string CultureName = "crm.culture";
    public const string TimeZoneName = "crm.tz";
    public const string DefaultCulture = "en-US";

    public CultureInfo Culture => CultureInfo.CurrentCulture;

    public TimeZoneInfo TimeZone =>
        Read(accessor.HttpContext, TimeZoneName) is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    public Task SaveAsync(string? culture, string? timeZone, CancellationToken ct)
    {
        if (culture is not null && !CrmLocalization.IsKnownCulture(culture)) throw new ArgumentException($"The language \"{culture}\" is not known.", nameof(culture));
        if (timeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _))
            throw new ArgumentException($"The time zone \"{timeZone}\" is not known.", nameof(timeZone));
        if (culture is not null) Write(CultureName, culture);
        if (timeZone is not null) Write(TimeZoneName, timeZone);
        return Task.CompletedTask;
    }

    /// <summary>The claim wins over the cookie; null when neither says anything.</summary>
    public static string? Read(HttpContext? context, string name) =>
        context?.User.FindFirst(name)?.Value ?? context?.Request.Cookies[name];

    private void Write(string name, string value) =>
        accessor.HttpContext?.Response.Cookies.Append(name, value, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            HttpOnly = true,
            Secure = accessor.HttpContext.Request.IsHttps,
            IsEssential = true,
        });
}
