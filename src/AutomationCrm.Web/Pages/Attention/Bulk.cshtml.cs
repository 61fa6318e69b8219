using System.Globalization;
using AutomationCrm.Application.Automation.Incidents.Bulk;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Attention;

/// <summary>How far a decision about many incidents is, and what became of them.</summary>
public sealed class BulkModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public BulkProgress Told { get; private set; } = null!;

    public string Topic => Topics.Attention;

    public string Here => string.Create(CultureInfo.InvariantCulture, $"/attention/bulk/{Id}");

    public string Action => Told.Decision switch
    {
        { Action: "retry", Latest: true } => texts["attention.retry_latest"],
        { Action: "retry" } => texts["attention.retry"],
        { Action: "skip" } => texts["attention.skip"],
        { Action: "done" } => texts["attention.mark_done"],
        _ => texts["attention.acknowledge"],
    };

    public async Task OnGetAsync(CancellationToken ct) => Told = await sender.Send(new GetBulkDecision(Id), ct);

    public async Task<PartialViewResult> OnGetPartAsync(CancellationToken ct)
    {
        Told = await sender.Send(new GetBulkDecision(Id), ct);
        return Partial("_Bulk", this);
    }

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken ct)
    {
        await sender.Send(new CancelBulkDecision(Id), ct);
        Flash.Set(TempData, new Flash(texts["bulk.cancelled"], "info"));
        return Redirect(Here);
    }
}
