using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Accounts;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Account;

/// <summary>One's own name, address, language, time zone and theme.</summary>
public sealed class IndexModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    public AutomationCrm.Application.People.Accounts.Account Account { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await this.TryAsync(() => LoadAsync(ct)) ?? Page();

    public async Task<IActionResult> OnPostAsync(string? name, string? lastName, string? email, string? language, string? timeZone, string? theme, CancellationToken ct)
    {
        var profile = new UpdateProfile { Name = name ?? "", LastName = lastName ?? "", Email = email ?? "", Language = language, TimeZone = timeZone, Theme = theme };
        if (await this.TryAsync(() => sender.Send(profile, ct)) is { } refused) return refused;
        if (!ModelState.IsValid) return await OnGetAsync(ct);

        if (theme is not null) SessionCookie.WriteTheme(HttpContext, theme);
        Flash.Set(TempData, new Flash(texts["people.account.saved"]));
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken ct) => Account = await sender.Send(new GetAccount(), ct);
}
