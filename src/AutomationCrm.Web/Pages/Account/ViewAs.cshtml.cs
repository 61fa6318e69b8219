using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Web.Hosting.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Account;

/// <summary>Begins to look through a demo person's eyes.</summary>
public sealed class ViewAsModel(ISender sender) : PageModel
{
    public IActionResult OnGet() => LocalRedirect(LocalReturn.Home);

    public async Task<IActionResult> OnPostAsync(long personId, string? returnUrl, CancellationToken ct) =>
        await this.TryAsync(() => sender.Send(new StartViewAs(personId), ct)) ?? (ModelState.IsValid ? LocalRedirect(LocalReturn.Of(returnUrl)) : BadRequest());
}
