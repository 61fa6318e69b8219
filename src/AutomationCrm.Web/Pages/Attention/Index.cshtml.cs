using AutomationCrm.Application.Automation.Incidents;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Outbox;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Attention;

/// <summary>Everything that waits for a person, with what to do about it.</summary>
public sealed class IndexModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    private const string Here = "/attention";

    public Application.Automation.Incidents.Attention Found { get; private set; } = null!;

    public string Topic => Topics.Attention;

    public async Task OnGetAsync(CancellationToken ct) => Found = await sender.Send(new GetAttention(), ct);

    public async Task<PartialViewResult> OnGetListAsync(CancellationToken ct)
    {
        Found = await sender.Send(new GetAttention(), ct);
        return Partial("_AttentionList", this);
    }

    /// <summary>What usually helps.</summary>
    public string Advice(IncidentLine line)
    {
        var advice = line.Advice.Replace('.', '_');
        return texts[$"attention.{advice}"];
    }

    public async Task<IActionResult> OnPostResolveAsync(long[] incident, IncidentAction act, CancellationToken ct)
    {
        if (incident.Length == 0) return Back(texts["attention.choose"], "warning");

        var done = await sender.Send(new ResolveIncidents([.. incident.Take(100)], act), ct);
        return done.Refused.Count == 0
            ? Back(texts.Plural("attention.decided_many", done.Resolved.Count))
            : Back(texts["attention.decided_but", done.Resolved.Count, string.Join(" ", done.Refused.Select(r => $"#{r.Id}: {r.Message}"))], "warning");
    }

    public async Task<IActionResult> OnPostAgainAsync(Guid key, CancellationToken ct)
    {
        await sender.Send(new RedeliverDelivery(key), ct);
        return Back(texts["outbox.again_done"]);
    }

    private RedirectResult Back(string message, string tone = "success")
    {
        Flash.Set(TempData, new Flash(message, tone));
        return Redirect(Here);
    }
}
