using AutomationCrm.Application.Automation.Stages;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation;

/// <summary>The versions of a stage's robots: who, when, what; an older one can be made live again.</summary>
public sealed class VersionsModel(ISender sender, IPortal portal, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "stage")]
    public string StageId { get; set; } = "";

    public IReadOnlyList<(ConfigVersion Version, StageAutomationConfig Config, string Author)> Versions { get; private set; } = [];

    public Stage Stage { get; private set; } = null!;

    public Pipeline Pipeline { get; private set; } = null!;

    internal AutomationAddress Address => new(Kind, Pipeline.Id);

    private ItemKind Kind => ItemKind.Of((string)RouteData.Values["kind"]!);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var newest = await sender.Send(new GetStageAutomation(Kind.TypeId, StageId), ct);
        (Stage, Pipeline) = (newest.Stage, portal.Current.Pipeline(Kind.TypeId, newest.Stage.PipelineId)!);
        var versions = await sender.Send(new ListStageAutomationVersions(Kind.TypeId, StageId), ct);
        Versions = [.. versions.Select(v => (v, portal.Current.Compile(v).Config, portal.Current.PersonName(v.AuthorId)))];
    }

    public async Task<IActionResult> OnPostRestoreAsync(int number, int version, CancellationToken ct)
    {
        var old = await sender.Send(new GetStageAutomation(Kind.TypeId, StageId, number), ct);
        var saved = await sender.Send(new SaveStageAutomation(Kind.TypeId, StageId, old.Config, version, texts["automation.restored", number, version + 1]), ct);
        Flash.Set(TempData, new Flash(texts["automation.restored", number, saved]));
        return Redirect(new AutomationAddress(Kind, old.Stage.PipelineId).Stage(StageId));
    }
}
