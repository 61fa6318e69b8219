using System.Globalization;
using AutomationCrm.Application.Automation.Effects;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Outbox;
using AutomationCrm.Web.Pages.Shared.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Outbox;

/// <summary>What goes out, newest first.</summary>
public sealed class IndexModel(ISender sender) : PageModel
{
    public OutboxPage Found { get; private set; } = null!;

    [BindProperty(SupportsGet = true, Name = "state")]
    public DeliveryState? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "to")]
    public string? Destination { get; set; }

    [BindProperty(SupportsGet = true, Name = "start")]
    public int Start { get; set; }

    public string Topic => Topics.Outbox;

    public PagerView Pager => new(
        Found.Deliveries.Count == 0 ? 0 : Start + 1,
        Start + Found.Deliveries.Count,
        null,
        Start > 0 ? Address(State, Math.Max(0, Start - ItemQuery.PageSize)) : null,
        Found.HasMore ? Address(State, Start + ItemQuery.PageSize) : null);

    public string Address(DeliveryState? state, int start = 0, string? handler = null) => "/outbox" + QueryString.Create(new (string Name, string? Value)[]
    {
        ("handler", handler), ("state", state?.ToString()), ("to", Destination), ("start", start > 0 ? start.ToString(CultureInfo.InvariantCulture) : null),
    }.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => new KeyValuePair<string, string?>(p.Name, p.Value)));

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<PartialViewResult> OnGetListAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Partial("_OutboxList", this);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Start = Math.Clamp(Start, 0, 1_000_000);
        Found = await sender.Send(new ListOutbox(State) { Destination = Destination, Offset = Start }, ct);
    }
}
