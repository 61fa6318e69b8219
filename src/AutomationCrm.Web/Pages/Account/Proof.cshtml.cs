using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Account;

/// <summary>Asks for the password once more before a dangerous act, then leads back to where it was begun.</summary>
public sealed class ProofModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    public string ReturnUrl { get; private set; } = LocalReturn.Home;

    public void OnGet(string? returnUrl) => ReturnUrl = LocalReturn.Of(returnUrl);

    public async Task<IActionResult> OnPostAsync(string? returnUrl, CancellationToken ct)
    {
        ReturnUrl = LocalReturn.Of(returnUrl);
        if (await this.TryAsync(() => sender.Send(new ProveIdentity(Request.Read("password")), ct)) is { } refused) return refused;
        if (!ModelState.IsValid) return Page();

        Flash.Set(TempData, new Flash(texts["people.proof.done"]));
        return LocalRedirect(ReturnUrl);
    }
}
