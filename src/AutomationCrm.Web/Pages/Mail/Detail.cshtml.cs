using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Mail;

/// <summary>One mail as plain text with its files, and where it belongs.</summary>
public sealed class DetailModel(ISender sender, Caller caller, IStringLocalizer<Texts> texts) : PageModel
{
    public MailDetail Detail { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public bool IsAdmin => caller.IsAdmin;

    public async Task OnGetAsync(CancellationToken ct) => Detail = await sender.Send(new GetMail(Id), ct);

    /// <summary>Always a download: what strangers send is never shown inside the portal (A9).</summary>
    public async Task<IActionResult> OnGetFileAsync(Guid file, CancellationToken ct)
    {
        var found = await sender.Send(new GetMailFile(Id, file), ct);
        return File(found.Content, "application/octet-stream", found.File.Name);
    }

    public async Task<IActionResult> OnPostPlaceAsync(int type, long number, CancellationToken ct)
    {
        if (ItemKind.All.All(k => k.TypeId != type)) return BadRequest();
        var item = new ItemRef(type, number);
        var refused = await this.TryAsync(() => sender.Send(new PlaceMail(Id, item), ct));
        if (refused is null && ModelState.IsValid)
        {
            Flash.Set(TempData, new Flash(texts["mail.placed"]));
            return Redirect(ItemKind.UrlOf(item) + "/timeline");
        }

        if (refused is not null and not NotFoundResult) return refused;
        // An item that is not there is a wrong number; a mail that is not there is not found below.
        if (refused is not null) ModelState.AddModelError("number", texts["mail.no_item", number]);
        Detail = await sender.Send(new GetMail(Id), ct);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task<IActionResult> OnPostAwayAsync(CancellationToken ct)
    {
        await sender.Send(new PutMailAway(Id), ct);
        Flash.Set(TempData, new Flash(texts["mail.away_done"]));
        return Redirect("/mail");
    }
}
