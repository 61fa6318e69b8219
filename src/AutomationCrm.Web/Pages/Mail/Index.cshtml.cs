using System.Globalization;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Crm.Query;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Web.Pages.Shared.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Mail;

/// <summary>Mails that came in: those without an item first, because somebody must say where they belong.</summary>
public sealed class IndexModel(ISender sender) : PageModel
{
    public static readonly IReadOnlyList<MailState> Shown = [MailState.Unmatched, MailState.Stopped, MailState.Received, MailState.PutAway];

    /// <summary>A state as keys of texts call it.</summary>
    public static string Key(MailState state) => state == MailState.PutAway ? "put_away" : state.ToString().ToLowerInvariant();

    public IncomingMailPage Found { get; private set; } = null!;

    [BindProperty(SupportsGet = true, Name = "state")]
    public MailState State { get; set; } = MailState.Unmatched;

    [BindProperty(SupportsGet = true, Name = "start")]
    public int Start { get; set; }

    public string Topic => Topics.Outbox;

    public PagerView Pager => new(
        Found.Mails.Count == 0 ? 0 : Start + 1,
        Start + Found.Mails.Count,
        null,
        Start > 0 ? Address(State, Math.Max(0, Start - ItemQuery.PageSize)) : null,
        Found.HasMore ? Address(State, Start + ItemQuery.PageSize) : null);

    public string Address(MailState state, int start = 0, string? handler = null) => "/mail" + QueryString.Create(new (string Name, string? Value)[]
    {
        ("handler", handler), ("state", state.ToString()), ("start", start > 0 ? start.ToString(CultureInfo.InvariantCulture) : null),
    }.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => new KeyValuePair<string, string?>(p.Name, p.Value)));

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<PartialViewResult> OnGetListAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Partial("_MailList", this);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        if (!Shown.Contains(State)) State = MailState.Unmatched;
        Start = Math.Clamp(Start, 0, 1_000_000);
        Found = await sender.Send(new ListIncomingMail(State) { Offset = Start }, ct);
    }
}
