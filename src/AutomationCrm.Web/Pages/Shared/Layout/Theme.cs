namespace AutomationCrm.Web.Pages.Shared.Layout;

/// <summary>The person's theme, kept in a cookie that Client/src/lib/theme.ts writes.</summary>
internal static class Theme
{
    /// <summary>"light" or "dark"; null leaves it to the system.</summary>
    public static string? Chosen(HttpRequest request) => request.Cookies["crm.theme"] is "light" or "dark" ? request.Cookies["crm.theme"] : null;
}
