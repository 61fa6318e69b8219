using Microsoft.AspNetCore.Http.Features;

namespace AutomationCrm.Web.Hosting.Security;

/// <summary>The token of an address that is a right in itself, taken out of the request before the host logs its path: <c>/d/{token}/pdf</c> becomes <c>/d/pdf</c>.</summary>
internal sealed record PublicLink(string Token)
{
    public const string Document = "/d";
    public const string Client = "/client";
    public const string QrPage = "/q";
    public const string MailOpened = "/m/o";
    public const string MailLink = "/m/l";
    public const string MailOptout = "/m/u";

    private static readonly string[] Paths = [Document, Client, QrPage, MailOpened, MailLink, MailOptout];

    /// <summary>The token of this request; empty without one.</summary>
    public static string TokenOf(HttpContext context) => context.Features.Get<PublicLink>()?.Token ?? "";

    /// <summary>What such an address answers is kept by no cache and found by no search engine.</summary>
    public static void KeepPrivate(HttpResponse response)
    {
        response.Headers.CacheControl = "private, no-store";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
    }

    public static void Hide(HttpContext context)
    {
        foreach (var path in Paths)
        {
            if (!context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase, out var rest) || rest.Value is not { Length: > 1 } text) continue;

            var slash = text.IndexOf('/', 1);
            context.Features.Set(new PublicLink(slash < 0 ? text[1..] : text[1..slash]));
            context.Request.Path = path + (slash < 0 ? "" : text[slash..]);
            if (context.Features.Get<IHttpRequestFeature>() is { } request) request.RawTarget = context.Request.Path + context.Request.QueryString;
            return;
        }
    }
}
