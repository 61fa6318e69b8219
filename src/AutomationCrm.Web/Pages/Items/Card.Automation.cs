using System.Globalization;
using AutomationCrm.Application.Automation.Incidents;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Automation.Undo;
using AutomationCrm.Application.Automation.Waits;
using AutomationCrm.Expressions.Values;
using AutomationCrm.Web.Localization;
using Microsoft.AspNetCore.Mvc;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>The tab of automation: runs, what waits, what needs a decision.</summary>
public sealed partial class CardModel
{
    public ItemAutomation? Automation { get; private set; }

    /// <summary>Events that triggers were asked about, newest first.</summary>
    public IReadOnlyList<TriggerRecord> Asked { get; private set; } = [];

    /// <param name="until">For postpone: a moment in the person's time zone.</param>
    public async Task<IActionResult> OnPostWaitAsync(long wait, string act, string? until, CancellationToken ct)
    {
        Tab = "automation";
        switch (act)
        {
            case "run": await sender.Send(new RunWaitNow(wait), ct); break;
            case "cancel": await sender.Send(new CancelWait(wait), ct); break;
            default:
                if (!DateTime.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return Back(texts["wait.no_moment"], "warning");
                await sender.Send(new PostponeWait(wait, Zones.ToInstant(local, preferences.TimeZone)), ct);
                break;
        }

        return Back(texts[$"wait.moved_{act}"]);
    }

    public async Task<IActionResult> OnPostLatestAsync(long run, CancellationToken ct)
    {
        Tab = "automation";
        await sender.Send(new MoveRunToLatest(run), ct);
        return Back(texts["latest.done"]);
    }

    public async Task<IActionResult> OnPostRevertAsync(long run, CancellationToken ct)
    {
        Tab = "automation";
        var reverted = await sender.Send(new RevertRun(run), ct);
        var done = reverted.Fields.Count > 0 ? texts.Plural("revert.done", reverted.Fields.Count) : texts["revert.none"].Value;
        return reverted.NotReverted.Count == 0 ? Back(done) : Back($"{done} {string.Join(" ", reverted.NotReverted.Select(refusals.Say))}", "info");
    }

    public async Task<IActionResult> OnPostResolveAsync(long incident, IncidentAction act, CancellationToken ct)
    {
        await sender.Send(new ResolveIncident(incident, act), ct);
        return Back(texts["attention.decided"]);
    }

    private async Task LoadAutomationAsync(CancellationToken ct)
    {
        Automation = await sender.Send(new GetItemAutomation(Ref), ct);
        Asked = await sender.Send(new ListTriggerRecords(Ref, 20), ct);
    }
}
