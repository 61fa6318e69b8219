namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>Where to go after a form; never to another site (A24).</summary>
internal static class LocalReturn
{
    public const string Home = "/";

    /// <summary>The address if it is a path of this app, also after a careless decoding by somebody in between; else the start page.</summary>
    public static string Of(string? url) => url is not null && IsLocal(url) && IsLocal(Uri.UnescapeDataString(url)) ? url : Home;

    private static bool IsLocal(string url) =>
        url.Length > 0 && url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(c => char.IsControl(c) || c == '\\');
}
