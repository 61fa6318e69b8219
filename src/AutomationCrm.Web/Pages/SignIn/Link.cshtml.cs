using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Links;
using AutomationCrm.Web.Hosting.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.SignIn;

/// <summary>
/// The one-time link. A browser in which somebody opened the address himself signs in at once; for everything else (previews of messengers,
/// prefetching, links on other sites) there is a button, so that nothing but a person uses the link up.
/// </summary>
[AllowAnonymous]
public sealed class LinkModel(ISender sender) : PageModel
{
    public string Token { get; private set; } = "";

    public bool IsWorthless { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? token, CancellationToken ct)
    {
        Token = HttpContext.Features.Get<SignInLink>()?.Token ?? token ?? "";
        if (Token.Length == 0) return NotFound();
        return IsOpenedByHand() ? await UseAsync(ct) : Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Token = Request.Read("token");
        return UseAsync(ct);
    }

    private async Task<IActionResult> UseAsync(CancellationToken ct)
    {
        if (await sender.Send(new UseSignInLink(Token, Request.Headers.UserAgent.ToString()), ct) is { } session)
        {
            SessionCookie.Write(HttpContext, session);
            return LocalRedirect(LocalReturn.Home);
        }

        IsWorthless = true;
        Response.StatusCode = StatusCodes.Status410Gone;
        return Page();
    }

    // "none" is an address that was typed, pasted or opened from another program.
    private bool IsOpenedByHand() =>
        HttpMethods.IsGet(Request.Method) && Request.Headers["Sec-Fetch-Site"] == "none" && Request.Headers["Sec-Fetch-Mode"] == "navigate" && !Request.Headers.ContainsKey("Sec-Purpose");
}
