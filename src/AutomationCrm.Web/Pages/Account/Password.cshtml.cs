using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Accounts;
using AutomationCrm.Application.People.Passwords;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Account;

/// <summary>Change of one's own password; the other sessions end.</summary>
public sealed class PasswordModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    public bool HasPassword { get; private set; }

    public string Login { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await this.TryAsync(() => LoadAsync(ct)) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var (current, chosen, again) = (Request.Read("current"), Request.Read("new"), Request.Read("again"));
        if (!string.Equals(chosen, again, StringComparison.Ordinal)) ModelState.AddModelError(nameof(again), texts["people.password.different"]);
        NewSession? session = null;
        if (ModelState.IsValid && await this.TryAsync(async () => session = await sender.Send(new ChangePassword(current, chosen, Request.Headers.UserAgent.ToString()), ct)) is { } refused) return refused;
        if (session is null) return await OnGetAsync(ct);

        SessionCookie.Write(HttpContext, session);
        Flash.Set(TempData, new Flash(texts["people.password.changed"]));
        return RedirectToPage("Index");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var account = await sender.Send(new GetAccount(), ct);
        (HasPassword, Login) = (account.HasPassword, account.Login ?? "");
    }
}
