using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Web.Hosting.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.SignIn;

/// <summary>Ends the session here and in the database; a look at the address changes nothing.</summary>
[AllowAnonymous]
public sealed class OutModel(ISender sender) : PageModel
{
    public IActionResult OnGet() => LocalRedirect(LocalReturn.Home);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await sender.Send(new SignOut(), ct);
        SessionCookie.Delete(HttpContext);
        return LocalRedirect(SessionAuthentication.SignInPath);
    }
}
