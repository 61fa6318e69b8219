using AutomationCrm.Application.People.Sessions;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>The cookie with the session's token: opaque, unreadable for scripts, not sent along from other sites.</summary>
internal static class SessionCookie
{
    /// <summary>Browsers take this prefix only with Secure, Path=/ and no Domain: no other host can set it.</summary>
    public const string SecureName = "__Host-crm";

    public const string PlainName = "crm-session";
    private const string ThemeName = "crm.theme";

    public static string? Read(HttpRequest request) => request.Cookies[Name(request)];

    public static void Write(HttpContext context, NewSession session) =>
        context.Response.Cookies.Append(Name(context.Request), session.Token, Options(context.Request, session.ExpiresAt.Add(SessionRules.Longest - SessionRules.Idle)));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name(context.Request), Options(context.Request, expires: null));

    /// <summary>The layout and its script read the theme from here before the page is drawn.</summary>
    public static void WriteTheme(HttpContext context, string theme) =>
        context.Response.Cookies.Append(ThemeName, theme, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true });

    private static string Name(HttpRequest request) => request.IsHttps ? SecureName : PlainName;

    // The server decides when a session ends; the cookie lives as long as the longest.
    private static CookieOptions Options(HttpRequest request, DateTimeOffset? expires) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = request.IsHttps, Path = "/", IsEssential = true, Expires = expires };
}
