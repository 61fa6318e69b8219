using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.SecondFactors;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Account;

/// <summary>One's own authenticator app: set up, see, remove. Secret and recovery codes are shown once, without a redirect.</summary>
public sealed class SecondFactorModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    public SecondFactorView View { get; private set; } = new(null, 0);

    public NewSecondFactor? Made { get; private set; }

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await this.TryAsync(async () => View = await sender.Send(new GetSecondFactor(), ct)) ?? Page();

    public async Task<IActionResult> OnPostBeginAsync(CancellationToken ct) =>
        await this.TryAsync(async () => Made = await sender.Send(new BeginSecondFactor(), ct)) ?? await OnGetAsync(ct);

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken ct) =>
        await this.TryAsync(async () => Codes = await sender.Send(new ConfirmSecondFactor(Request.Read("code")), ct)) ?? await OnGetAsync(ct);

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        if (await this.TryAsync(() => sender.Send(new RemoveSecondFactor(), ct)) is { } refused) return refused;
        if (!ModelState.IsValid) return await OnGetAsync(ct);

        Flash.Set(TempData, new Flash(texts["people.factor.removed"]));
        return RedirectToPage();
    }
}
