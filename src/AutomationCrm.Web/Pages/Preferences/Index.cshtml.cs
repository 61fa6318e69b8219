using AutomationCrm.Web.Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Preferences;

/// <summary>Language, time zone and theme of the person; before sign-in too, where cookies keep them.</summary>
[AllowAnonymous]
public sealed class IndexModel(IUserPreferences preferences, TimeProvider clock) : PageModel
{
    public IUserPreferences Preferences => preferences;

    /// <summary>IANA zones, west to east, each with its offset of today.</summary>
    public IReadOnlyList<(string Id, string Label)> Zones => [..
        from zone in TimeZoneInfo.GetSystemTimeZones()
        where zone.Id == "UTC" || (zone.Id.Contains('/', StringComparison.Ordinal) && !zone.Id.StartsWith("Etc/", StringComparison.Ordinal))
        let offset = zone.GetUtcOffset(clock.GetUtcNow())
        orderby offset, zone.Id
        select (zone.Id, $"UTC{(offset < TimeSpan.Zero ? "−" : "+")}{offset:hh\\:mm}  {zone.Id.Replace('_', ' ')}")];

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
