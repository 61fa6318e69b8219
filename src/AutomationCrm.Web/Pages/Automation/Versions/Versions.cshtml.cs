using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Versions;

/// <summary>The versions of a stage's robots: who, when, what; any two compared; an older one can be made live again.</summary>
public sealed class VersionsModel(ISender sender, IPortal portal, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "stage")]
    public string StageId { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "from")]
    public int? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "to")]
    public int? To { get; set; }

    public IReadOnlyList<(ConfigVersion Version, StageAutomationConfig Config, string Author)> Versions { get; private set; } = [];

    public int Newest { get; private set; }

    /// <summary>Runs that are under way by an older version.</summary>
    public int OldRuns { get; private set; }

    /// <summary>Null when the stage has fewer than two versions.</summary>
    public AutomationDiff? Diff { get; private set; }

    public IReadOnlyList<RobotConfig> Known { get; private set; } = [];

    public Stage Stage { get; private set; } = null!;

    public Pipeline Pipeline { get; private set; } = null!;

    internal AutomationAddress Address => new(Kind, Pipeline.Id);

    private ItemKind Kind => RouteData.Kind();

    public async Task OnGetAsync(CancellationToken ct)
    {
        var newest = await sender.Send(new GetStageAutomation(Kind.TypeId, StageId), ct);
        (Stage, Pipeline, Newest) = (newest.Stage, portal.Current.Pipeline(Kind.TypeId, newest.Stage.PipelineId)!, newest.Version);
        var versions = await sender.Send(new ListStageAutomationVersions(Kind.TypeId, StageId), ct);
        Versions = [.. versions.Select(v => (v, StageAutomation.Parse(v.Number, v.Content).Config, portal.Current.PersonName(v.AuthorId)))];
        if (Versions.Count == 0) return;

        OldRuns = await sender.Send(new CountOldRuns(Kind.TypeId, StageId), ct);

        To ??= Versions[0].Version.Number;
        From ??= Versions.Select(v => v.Version.Number).Where(n => n < To).DefaultIfEmpty(0).Max();
        Diff = await sender.Send(new CompareVersions(Kind.TypeId, StageId, From.Value, To.Value), ct);
        Known = [.. Versions.Where(v => v.Version.Number == From || v.Version.Number == To).SelectMany(v => v.Config.Robots)];
    }

    public async Task<IActionResult> OnPostLatestAsync(CancellationToken ct)
    {
        var tried = await sender.Send(new MoveRunsToLatest(Kind.TypeId, StageId), ct);
        Flash.Set(TempData, new Flash(texts.Plural("latest.tried", tried)));
        return Redirect(new AutomationAddress(Kind, portal.Current.Stage(Kind.TypeId, StageId)!.PipelineId).Versions(StageId));
    }

    public async Task<IActionResult> OnPostRestoreAsync(int number, int version, CancellationToken ct)
    {
        var old = await sender.Send(new GetStageAutomation(Kind.TypeId, StageId, number), ct);
        var saved = await sender.Send(new SaveStageAutomation(Kind.TypeId, StageId, old.Config, version, texts["automation.restored", number, version + 1]), ct);
        Flash.Set(TempData, new Flash(texts["automation.restored", number, saved]));
        return Redirect(new AutomationAddress(Kind, old.Stage.PipelineId).Made(StageId, new MadeVersion(Kind.TypeId, StageId, saved)));
    }
}
