using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Crm.Gates;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Localization;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Gates;

/// <summary>Which fields the stages of a pipeline require, and of whom.</summary>
public sealed class GatesModel(ISender sender, IPortal portal, FieldTitles titles, Refusals refusals, IStringLocalizer<Texts> texts) : PageModel
{
    public Pipeline Pipeline { get; private set; } = null!;

    public StageGatesView View { get; private set; } = null!;

    /// <summary>What stands in the way of saving.</summary>
    public string? Problem { get; private set; }

    public string Author => portal.Current.PersonName(View.AuthorId);

    /// <summary>Fields that can be asked for, by title.</summary>
    public IEnumerable<(string Code, string Title)> Choices =>
        FieldForm.FieldsOf(portal.Current.Type(Kind.TypeId)!).Where(f => f.Kind != FieldKind.Boolean).Select(f => (f.Code, titles.Of(f))).OrderBy(f => f.Item2, StringComparer.CurrentCulture);

    /// <summary>The range proposed for a new rule ends at the won stage: who gives a deal up is not asked.</summary>
    public string LastOpen => (Pipeline.Stages.FirstOrDefault(s => s.Semantics == StageSemantics.Won) ?? Pipeline.Stages[^1]).Id;

    internal AutomationAddress Address => new(Kind, Pipeline.Id);

    private ItemKind Kind => RouteData.Kind();

    private int PipelineId => RouteData.PipelineId();

    public string TitleOf(string code) => portal.Current.Type(Kind.TypeId)!.Fields.Find(code) is { } field ? titles.Of(field) : code;

    public string StageName(string id) => Pipeline.Find(id)?.Name ?? id;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public Task<IActionResult> OnPostAddAsync(int version, string field, string fromStage, string toStage, CancellationToken ct) =>
        SaveAsync(version, gates => gates with { Required = [.. gates.Required, new(field ?? "", fromStage ?? "", toStage ?? "")] }, "gates.added", ct);

    public Task<IActionResult> OnPostRemoveAsync(int version, int index, CancellationToken ct) =>
        SaveAsync(version, gates => gates with { Required = [.. gates.Required.Where((_, position) => position != index)] }, "gates.removed", ct);

    public Task<IActionResult> OnPostPoliciesAsync(int version, GatePolicy automation, GatePolicy programs, CancellationToken ct) =>
        SaveAsync(version, gates => gates with { Automation = automation, Programs = programs }, "gates.saved", ct);

    private async Task<IActionResult> SaveAsync(int version, Func<StageGates, StageGates> change, string done, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        try
        {
            if (await this.TryAsync(() => sender.Send(new SaveStageGates(Kind.TypeId, PipelineId, change(View.Gates), version), ct)) is { } refused) return refused;
        }
        catch (ConflictException conflict)
        {
            Problem = refusals.Say(conflict);
        }

        if (ModelState.IsValid && Problem is null)
        {
            Flash.Set(TempData, new Flash(texts[done]));
            return Redirect(Address.Required);
        }

        Response.StatusCode = Problem is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if ((await portal.FreshAsync(ct)).Pipeline(Kind.TypeId, PipelineId) is not { } found) return false;

        (Pipeline, View) = (found, await sender.Send(new GetStageGates(Kind.TypeId, PipelineId), ct));
        return true;
    }
}
