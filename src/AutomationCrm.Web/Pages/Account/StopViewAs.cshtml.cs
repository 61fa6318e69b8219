using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Web.Hosting.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Account;

/// <summary>Back to oneself.</summary>
public sealed class StopViewAsModel(ISender sender) : PageModel
{
    public IActionResult OnGet() => LocalRedirect(LocalReturn.Home);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) => await this.TryAsync(() => sender.Send(new StopViewAs(), ct)) ?? LocalRedirect(LocalReturn.Home);
}
