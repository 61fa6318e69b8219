using AutomationCrm.Web.Hosting.Security;
using Microsoft.AspNetCore.Http.Features;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>Hides the tokens of one-time links from logs and traces: a middleware would come too late, the host's log scope holds the path.</summary>
internal sealed class SignInLinkFactory(IHttpContextFactory inner) : IHttpContextFactory
{
    public HttpContext Create(IFeatureCollection featureCollection)
    {
        var context = inner.Create(featureCollection);
        if (context.Request.Path.StartsWithSegments(SignInLink.Path, StringComparison.OrdinalIgnoreCase, out var rest) && rest.Value is { Length: > 1 } token)
        {
            context.Features.Set(new SignInLink(token.Trim('/')));
            context.Request.Path = SignInLink.Path;
            if (context.Features.Get<IHttpRequestFeature>() is { } request) request.RawTarget = SignInLink.Path;
        }

        PublicLink.Hide(context);
        return context;
    }

    public void Dispose(HttpContext httpContext) => inner.Dispose(httpContext);
}
