using System.Globalization;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Crm.RecycleBin;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.RecycleBin;

/// <summary>Deleted items: restore them or let them go.</summary>
public sealed class IndexModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    public RecycledPage Found { get; private set; } = new([], 0, false, 0);

    [BindProperty(SupportsGet = true, Name = "type")]
    public int? Type { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true, Name = "start")]
    public int Start { get; set; }

    public bool IsFiltered => Type is not null || !string.IsNullOrEmpty(Text);

    public bool MayDelete => User.HasClaim(c => c.Type == PersonClaims.Admin);

    public PagerView Pager => new(
        Found.Items.Count == 0 ? 0 : Start + 1,
        Start + Found.Items.Count,
        Found.Total,
        Start > 0 ? Address(start: Math.Max(0, Start - ItemQuery.PageSize)) : null,
        Found.HasMore ? Address(start: Start + ItemQuery.PageSize) : null);

    public string Address(string? handler = null, int start = 0) => "/recycle-bin" + QueryString.Create(new (string Name, string? Value)[]
    {
        ("handler", handler), ("type", Type?.ToString(CultureInfo.InvariantCulture)), ("q", Text), ("start", start > 0 ? start.ToString(CultureInfo.InvariantCulture) : null),
    }.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => new KeyValuePair<string, string?>(p.Name, p.Value)));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Start = Math.Clamp(Start, 0, 1_000_000);
        return await this.TryAsync(async () => Found = await sender.Send(new ListRecycled(Text) { TypeId = Type, Offset = Start }, ct)) ?? Page();
    }

    public async Task<IActionResult> OnPostRestoreAsync(string? item, CancellationToken ct)
    {
        if (Read(item) is not { } reference) return NotFound();
        if (await this.TryAsync(() => sender.Send(new RestoreItem(reference), ct)) is { } refused) return refused;
        if (!ModelState.IsValid) return await OnGetAsync(ct);

        Flash.Set(TempData, new Flash(texts["bin.restored"]));
        return Redirect(ItemKind.UrlOf(reference));
    }

    public async Task<IActionResult> OnPostDeleteAsync(string? item, CancellationToken ct)
    {
        if (Read(item) is not { } reference) return NotFound();
        if (await this.TryAsync(() => sender.Send(new DeleteForGood(reference), ct)) is { } refused) return refused;

        Flash.Set(TempData, new Flash(texts["bin.deleted_done"]));
        return Redirect(Address());
    }

    private static ItemRef? Read(string? text) =>
        text?.Split(':') is [var type, var id]
        && int.TryParse(type, NumberStyles.None, CultureInfo.InvariantCulture, out var typeId)
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(typeId, number) : null;
}
