using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Application.People.SecondFactors;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.SignIn;

/// <summary>The second step of a sign-in: the code of the authenticator app, or a recovery code.</summary>
[AllowAnonymous]
public sealed class CodeModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    public string ReturnUrl { get; private set; } = LocalReturn.Home;

    public IActionResult OnGet(string? returnUrl)
    {
        ReturnUrl = LocalReturn.Of(returnUrl);
        if (User.Identity is { IsAuthenticated: true }) return LocalRedirect(ReturnUrl);
        return SessionCookie.Read(Request) is { Length: > 0 } ? Page() : LocalRedirect(SessionAuthentication.SignInPath);
    }

    public async Task<IActionResult> OnPostAsync(string? returnUrl, CancellationToken ct)
    {
        ReturnUrl = LocalReturn.Of(returnUrl);
        SignInAnswer? answer = null;
        var request = new SignInWithCode(SessionCookie.Read(Request) ?? "", Request.Read("code"), RemoteAddress.KeyOf(HttpContext), Request.Headers.UserAgent.ToString());
        if (await this.TryAsync(async () => answer = await sender.Send(request, ct)) is { } refused) return refused;
        if (answer?.Session is { } session)
        {
            SessionCookie.Write(HttpContext, session);
            return LocalRedirect(ReturnUrl);
        }

        if (answer is { IsOver: true }) return LocalRedirect(SessionAuthentication.SignInPath);
        if (answer is { RetryAfter: var wait } && wait > TimeSpan.Zero) Response.StatusCode = StatusCodes.Status429TooManyRequests;
        if (ModelState.IsValid) ModelState.AddModelError("", texts["signin.code.refused"]);
        return Page();
    }
}
