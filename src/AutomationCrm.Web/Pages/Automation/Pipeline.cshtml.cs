using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>The robots of a pipeline, a column per stage. Every change is a new version and live at once.</summary>
public sealed class PipelineModel(ISender sender, IPortal portal, RobotCatalogue catalogue, IStringLocalizer<Texts> texts) : PageModel
{
    public PipelineAutomationView View { get; private set; } = null!;

    public IReadOnlyList<(string Text, Pipeline Pipeline, string Url, bool Current)> Pipelines { get; private set; } = [];

    public IEnumerable<RobotDescriptor> Types => catalogue.All;

    internal AutomationAddress Address => new(Kind, PipelineId);

    private ItemKind Kind => ItemKind.Of((string)RouteData.Values["kind"]!);

    private int PipelineId => int.Parse((string)RouteData.Values["pipeline"]!, System.Globalization.CultureInfo.InvariantCulture);

    public async Task OnGetAsync(CancellationToken ct)
    {
        View = await sender.Send(new GetPipelineAutomation(Kind.TypeId, PipelineId), ct);
        Pipelines =
        [
            .. ItemKind.All.Where(k => k.HasBoard).SelectMany(k => portal.Current.Pipelines.Where(p => p.TypeId == k.TypeId)
                .Select(p => (texts[k.Text].Value, p, new AutomationAddress(k, p.Id).Pipeline, k == Kind && p.Id == PipelineId))),
        ];
    }

    public Task<IActionResult> OnPostUpAsync(string stage, int version, string key, CancellationToken ct) => ChangeAsync(stage, version, robots => Shift(robots, key, -1), ct);

    public Task<IActionResult> OnPostDownAsync(string stage, int version, string key, CancellationToken ct) => ChangeAsync(stage, version, robots => Shift(robots, key, +1), ct);

    public Task<IActionResult> OnPostToggleAsync(string stage, int version, string key, CancellationToken ct) =>
        ChangeAsync(stage, version, robots => [.. robots.Select(r => r.Key == key ? r with { Enabled = !r.Enabled } : r)], ct);

    public Task<IActionResult> OnPostDeleteAsync(string stage, int version, string key, CancellationToken ct) =>
        ChangeAsync(stage, version, robots => [.. robots.Where(r => r.Key != key)], ct);

    public async Task<IActionResult> OnPostWindowAsync(string stage, int version, int seconds, CancellationToken ct)
    {
        var now = await sender.Send(new GetStageAutomation(Kind.TypeId, stage), ct);
        return await SaveAsync(stage, version, now.Config with { UndoSeconds = seconds }, ct);
    }

    private async Task<IActionResult> ChangeAsync(string stage, int version, Func<IReadOnlyList<RobotConfig>, IReadOnlyList<RobotConfig>> change, CancellationToken ct)
    {
        var now = await sender.Send(new GetStageAutomation(Kind.TypeId, stage), ct);
        return await SaveAsync(stage, version, now.Config with { Robots = change(now.Config.Robots) }, ct);
    }

    private async Task<IActionResult> SaveAsync(string stage, int version, StageAutomationConfig config, CancellationToken ct)
    {
        var saved = await sender.Send(new SaveStageAutomation(Kind.TypeId, stage, config, version), ct);
        Flash.Set(TempData, new Flash(texts["automation.saved", saved]));
        return Redirect(Address.Stage(stage));
    }

    private static List<RobotConfig> Shift(IReadOnlyList<RobotConfig> robots, string key, int by)
    {
        var list = robots.ToList();
        var from = list.FindIndex(r => r.Key == key);
        var to = from + by;
        if (from >= 0 && to >= 0 && to < list.Count) (list[from], list[to]) = (list[to], list[from]);
        return list;
    }
}
