namespace AutomationCrm.Web.Hosting.Security;

/// <summary>
/// Refuses unsafe requests that a browser says come from another site (A23), beside the antiforgery token.
/// /rest is left out: it is called by programs with their own secrets and reads no cookie.
/// </summary>
internal static class CrossSiteGuard
{
    public static bool Refuses(HttpRequest request)
    {
        if (IsSafe(request.Method) || request.Path.StartsWithSegments("/rest", StringComparison.OrdinalIgnoreCase)) return false;

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "cross-site" or "same-site";

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !IsSameHost(origin, request);
    }

    // The scheme is not compared: behind a proxy without forwarded headers it differs although nothing is wrong.
    // Another port is another site: somebody else's program may listen there.
    private static bool IsSameHost(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && (request.Host.Port is { } port ? uri.Port == port : uri.IsDefaultPort);

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);
}
