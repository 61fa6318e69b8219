using System.Text.Encodings.Web;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Web.Hosting.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>Signs a request in by its session cookie; sends people without one to the sign-in page and programs away.</summary>
internal sealed class SessionAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ISender sender, CurrentSession current)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "session";
    public const string SignInPath = "/sign-in";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Calls by token never read the cookie (A23).
        if (Request.Path.StartsWithSegments("/rest", StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        // A page brings a dozen files along; they are the same for everybody.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return AuthenticateResult.NoResult();
        if (SessionCookie.Read(Request) is not { Length: > 0 } token) return AuthenticateResult.NoResult();
        if (await sender.Send(new FindSession(token), Context.RequestAborted) is not { } session) return AuthenticateResult.Fail("There is no such session.");

        current.Begin(session);
        return AuthenticateResult.Success(new(PersonClaims.Of(session, Scheme.Name), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var back = HttpMethods.IsGet(Request.Method) && !Request.WantsFragment() ? Request.Path + Request.QueryString.Value : "";
        var signIn = back is "" or "/" ? SignInPath : $"{SignInPath}?returnUrl={Uri.EscapeDataString(back)}";
        if (Request.WantsFragment())
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers["HX-Redirect"] = Request.PathBase + signIn;
        }
        else if (Request.WantsJson() || !Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            Response.Redirect(Request.PathBase + signIn);
        }

        return Task.CompletedTask;
    }
}
