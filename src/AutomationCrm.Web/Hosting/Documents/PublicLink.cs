using Microsoft.AspNetCore.Http.Features;

namespace AutomationCrm.Web.Hosting.Documents;

/// <summary>The token of a public link, taken out of the request before the host logs its path: <c>/d/{token}/pdf</c> becomes <c>/d/pdf</c>.</summary>
internal sealed record PublicLink(string Token)
{
    /// <summary>Documents.</summary>
    public const string Path = "/d";

    /// <summary>Pages of QR codes.</summary>
    public const string QrPath = "/q";

    public static void Hide(HttpContext context)
    {
        Hide(context, Path);
        Hide(context, QrPath);
    }

    private static void Hide(HttpContext context, string path)
    {
        if (!context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal, out var rest) || rest.Value is not { Length: > 1 } text) return;

        var slash = text.IndexOf('/', 1);
        context.Features.Set(new PublicLink(slash < 0 ? text[1..] : text[1..slash]));
        context.Request.Path = path + (slash < 0 ? "" : text[slash..]);
        if (context.Features.Get<IHttpRequestFeature>() is { } request) request.RawTarget = context.Request.Path + context.Request.QueryString;
    }
}
