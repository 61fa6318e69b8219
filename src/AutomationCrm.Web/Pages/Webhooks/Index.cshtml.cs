using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Webhooks;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Webhooks;

/// <summary>Inbound webhooks: make (the secret is shown once), see, revoke.</summary>
public sealed class IndexModel(ISender sender, ICurrentPerson person, IConfiguration configuration, IStringLocalizer<Texts> texts) : PageModel
{
    public IReadOnlyList<WebhookRow> Webhooks { get; private set; } = [];

    public NewWebhook? Made { get; private set; }

    public string? MadeUrl { get; private set; }

    public bool MayMake => !person.IsViewingAs;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await this.TryAsync(async () => Webhooks = await sender.Send(new ListWebhooks(), ct)) ?? Page();

    public async Task<IActionResult> OnPostMakeAsync(string? name, List<string> scopes, bool urlForm, DateOnly? expires, CancellationToken ct)
    {
        if (await this.TryAsync(async () => Made = await sender.Send(new CreateWebhook(name ?? "", scopes, urlForm, EndOf(expires)), ct)) is { } refused) return refused;

        if (Made is not null && urlForm) MadeUrl = FormattableString.Invariant($"{BaseUrl()}/rest/{Made.PersonId}/{Made.Secret}/");
        // No redirect: the secret is nowhere but in this answer.
        return await OnGetAsync(ct);
    }

    public async Task<IActionResult> OnPostRevokeAsync(long id, CancellationToken ct)
    {
        if (await this.TryAsync(() => sender.Send(new RevokeWebhook(id), ct)) is { } refused) return refused;
        if (!ModelState.IsValid) return BadRequest();

        Flash.Set(TempData, new Flash(texts["webhooks.revoked_done"]));
        return RedirectToPage();
    }

    // The last day counts whole, as its owner reads it.
    private DateTimeOffset? EndOf(DateOnly? day)
    {
        if (day is not { } last) return null;
        var midnight = last.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, person.TimeZone.GetUtcOffset(midnight));
    }

    // Shown to the person who asked for this page at this address, and sent nowhere.
    private string BaseUrl() => (configuration["Crm:Url"] ?? $"{Request.Scheme}://{Request.Host}{Request.PathBase}").TrimEnd('/');
}
