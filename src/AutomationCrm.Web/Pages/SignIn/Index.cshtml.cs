using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.SignIn;

/// <summary>Login and password. Every refusal reads the same (A16).</summary>
[AllowAnonymous]
public sealed class IndexModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    public string ReturnUrl { get; private set; } = LocalReturn.Home;

    public string Login { get; private set; } = "";

    public IActionResult OnGet(string? returnUrl)
    {
        ReturnUrl = LocalReturn.Of(returnUrl);
        return User.Identity is { IsAuthenticated: true } ? LocalRedirect(ReturnUrl) : Page();
    }

    public async Task<IActionResult> OnPostAsync(string? login, string? returnUrl, CancellationToken ct)
    {
        (ReturnUrl, Login) = (LocalReturn.Of(returnUrl), login ?? "");
        SignInAnswer? answer = null;
        var request = new SignInWithPassword(Login, Request.Read("password"), RemoteAddress.KeyOf(HttpContext), Request.Headers.UserAgent.ToString());
        if (await this.TryAsync(async () => answer = await sender.Send(request, ct)) is { } refused) return refused;
        if (answer?.Session is { } session)
        {
            SessionCookie.Write(HttpContext, session);
            return answer.NeedsCode ? RedirectToPage("Code", new { returnUrl = ReturnUrl }) : LocalRedirect(ReturnUrl);
        }

        if (answer is { RetryAfter: var wait } && wait > TimeSpan.Zero)
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (ModelState.IsValid) ModelState.AddModelError("", texts["signin.refused"]);
        return Page();
    }
}
