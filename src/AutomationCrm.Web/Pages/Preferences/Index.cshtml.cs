using AutomationCrm.Web.Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Preferences;

/// <summary>Language, time zone and theme of a visitor, kept in cookies; the menu changes the language of everybody here.</summary>
[AllowAnonymous]
public sealed class IndexModel(IUserPreferences preferences) : PageModel
{
    public IUserPreferences Preferences => preferences;

    /// <summary>Whoever is signed in has an account for this.</summary>
    public IActionResult OnGet() => User.Identity is { IsAuthenticated: true } ? LocalRedirect("~/account") : Page();

    public async Task<IActionResult> OnPostAsync(string culture, string timeZone, CancellationToken ct)
    {
        try
        {
            await preferences.SaveAsync(culture, timeZone, ct);
        }
        catch (ArgumentException refused)
        {
            ModelState.AddModelError(refused.ParamName ?? "", refused.Message);
            return Page();
        }

        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostLanguageAsync(string culture, string? returnUrl, CancellationToken ct)
    {
        if (!CrmLocalization.IsKnownCulture(culture)) return BadRequest();
        await preferences.SaveAsync(culture, timeZone: null, ct);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "~/");
    }
}
