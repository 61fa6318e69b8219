using System.Globalization;
using AutomationCrm.Application.Automation.Incidents;
using AutomationCrm.Application.Automation.Incidents.Bulk;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Outbox;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Common;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Attention;

/// <summary>Everything that waits for a person, with what to do about it.</summary>
public sealed class IndexModel(ISender sender, IPortal portal, IStringLocalizer<Texts> texts) : PageModel
{
    private const string Here = "/attention";

    public Application.Automation.Incidents.Attention Found { get; private set; } = null!;

    public string Topic => Topics.Attention;

    /// <summary>Many failures of one robot for one reason.</summary>
    public IReadOnlyList<IncidentGroupCount> Groups { get; private set; } = [];

    public string StageName(IncidentGroup group) => portal.Current.Stage(group.TypeId, group.StageId)?.Name ?? group.StageId;

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<PartialViewResult> OnGetListAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
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

    /// <summary>Decides the chosen incidents, or all of a group, in the background and shows how far it is.</summary>
    public async Task<IActionResult> OnPostBulkAsync(long[] incident, string act, int? type, string? stage, string? robot, string? code, CancellationToken ct)
    {
        var latest = act == "Latest";
        if (!Enum.TryParse<IncidentAction>(latest ? nameof(IncidentAction.Retry) : act, out var action)) return BadRequest();

        var group = type is { } typeId && stage is not null && robot is not null && code is not null ? new IncidentGroup(typeId, stage, robot, code) : null;
        if (group is null && incident.Length == 0) return Back(texts["attention.choose"], "warning");

        try
        {
            var id = await sender.Send(new DecideInBulk(action) { Ids = group is null ? incident : [], Group = group, Latest = latest }, ct);
            return Redirect(string.Create(CultureInfo.InvariantCulture, $"{Here}/bulk/{id}"));
        }
        catch (RuleBrokenException none) when (none.Code == "incident.none")
        {
            return Back(texts["attention.none_open"], "info");
        }
    }

    public async Task<IActionResult> OnPostAgainAsync(Guid key, CancellationToken ct)
    {
        await sender.Send(new RedeliverDelivery(key), ct);
        return Back(texts["outbox.again_done"]);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Found = await sender.Send(new GetAttention(), ct);
        if (Found.MayDecide) Groups = await sender.Send(new ListIncidentGroups(), ct);
    }

    private RedirectResult Back(string message, string tone = "success")
    {
        Flash.Set(TempData, new Flash(message, tone));
        return Redirect(Here);
    }
}
