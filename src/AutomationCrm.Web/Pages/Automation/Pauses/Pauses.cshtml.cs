using AutomationCrm.Application.Automation.Pausing;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Pauses;

/// <summary>What is paused in a pipeline, with how much waits; the buttons that pause and resume.</summary>
public sealed class PausesModel(ISender sender, IPortal portal, IStringLocalizer<Texts> texts) : PageModel
{
    public Pipeline Pipeline { get; private set; } = null!;

    public IReadOnlyList<PauseView> Pauses { get; private set; } = [];

    /// <summary>Stages that are not paused by themselves.</summary>
    public IEnumerable<Stage> Free => Pipeline.Stages.Where(s => Lasting.All(p => p.Pause.StageId != s.Id));

    public bool IsWholePaused => Lasting.Any(p => p.Pause.StageId is null);

    public IEnumerable<PauseView> Lasting => Pauses.Where(p => p.Lasts);

    internal AutomationAddress Address => new(Kind, Pipeline.Id);

    private ItemKind Kind => RouteData.Kind();

    private int PipelineId => RouteData.PipelineId();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public Task<IActionResult> OnPostPauseAsync(string? stage, CancellationToken ct) =>
        ActAsync(() => sender.Send(new PauseAutomation(Kind.TypeId, PipelineId, string.IsNullOrEmpty(stage) ? null : stage), ct), "pause.done", ct);

    public Task<IActionResult> OnPostResumeAsync(long id, CancellationToken ct) => ActAsync(() => sender.Send(new ResumeAutomation(id), ct), "pause.resumed", ct);

    private async Task<IActionResult> ActAsync(Func<Task> act, string done, CancellationToken ct)
    {
        if (await this.TryAsync(act) is { } refused) return refused;
        if (!await LoadAsync(ct)) return NotFound();
        if (!ModelState.IsValid) return Page();

        Flash.Set(TempData, new Flash(texts[done]));
        return Redirect(Address.Pauses);
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if ((await portal.FreshAsync(ct)).Pipeline(Kind.TypeId, PipelineId) is not { } found) return false;

        Pipeline = found;
        Pauses = await sender.Send(new ListPauses(Kind.TypeId, PipelineId), ct);
        return true;
    }
}
