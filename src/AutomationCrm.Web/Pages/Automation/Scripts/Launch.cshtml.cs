using System.Globalization;
using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Scripts;

/// <summary>One launch: the queue of its items.</summary>
public sealed class LaunchModel(ISender sender, IPortal portal, IStringLocalizer<Texts> texts) : PageModel
{
    public LaunchDetails Details { get; private set; } = null!;

    public string Author => portal.Current.PersonName(Details.View.Launch.AuthorId);

    public string Title => Details.View.Launch is { ScriptId: null } applied ? texts["launch.applied", applied.Name] : Details.View.Launch.Name;

    public static string ItemUrl(LaunchItemView item) => string.Create(CultureInfo.InvariantCulture, $"{ItemKind.UrlOf(item.Item)}/automation");

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetQueueAsync(long id, CancellationToken ct) => await LoadAsync(id, ct) ? Partial("_Launch", this) : NotFound();

    public async Task<IActionResult> OnPostCancelAsync(long id, CancellationToken ct)
    {
        await sender.Send(new CancelLaunch(id), ct);
        Flash.Set(TempData, new Flash(texts["launch.cancelled"]));
        return RedirectToPage(new { id });
    }

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if (await sender.Send(new GetLaunch(id), ct) is not { } details) return false;

        Details = details;
        return true;
    }
}
