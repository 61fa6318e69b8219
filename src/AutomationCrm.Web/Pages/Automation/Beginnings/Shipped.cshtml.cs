using AutomationCrm.Application.Automation.Shipped;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Documents;
using AutomationCrm.Application.Documents.Templates;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Items;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Automation.Beginnings;

/// <summary>The automations the product comes with, each added to the pipeline with one click.</summary>
public sealed class ShippedModel(ISender sender, IPortal portal, IStringLocalizer<Texts> texts) : PageModel
{
    public Pipeline Pipeline { get; private set; } = null!;

    public IReadOnlyList<TemplateChoice> Templates { get; private set; } = [];

    internal AutomationAddress Address => new(Kind, Pipeline.Id);

    private ItemKind Kind => RouteData.Kind();

    private int PipelineId => RouteData.PipelineId();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string code, int remind, int supervisor, int move, int follow, string? stage, string? template, CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        var options = new ShippedOptions { RemindDays = remind, SupervisorDays = supervisor, MoveDays = move, FollowDays = follow, StageId = stage ?? "", Template = template ?? "" };
        if (await this.TryAsync(() => sender.Send(new AddShippedAutomation(Kind.TypeId, PipelineId, code, options, Words()), ct)) is { } refused) return refused;
        if (!ModelState.IsValid) return Page();

        Flash.Set(TempData, new Flash(texts["shipped.added"]));
        return Redirect(Address.Pipeline);
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        var snapshot = await portal.FreshAsync(ct);
        if (snapshot.Pipeline(Kind.TypeId, PipelineId) is not { } found) return false;

        Pipeline = found;
        Templates = await sender.Send(new ListTemplateChoices(Kind.TypeId), ct);
        return true;
    }

    // Robots keep the words in the language of whoever adds them.
    private ShippedTexts Words() => new(
        texts["shipped.idle_trigger"], texts["shipped.idle_robot"], texts["shipped.idle_text"], texts["shipped.idle_head_trigger"], texts["shipped.idle_head_robot"], texts["shipped.idle_head_text"],
        texts["shipped.idle_move_trigger"], texts["shipped.overdue_trigger"], texts["shipped.overdue_robot"], texts["shipped.overdue_text"], texts["shipped.proposal_robot"], texts["shipped.paper_robot"],
        texts["shipped.mail_robot"], texts["shipped.mail_text"], texts["shipped.follow_robot"], texts["shipped.follow_text"], texts["shipped.wait_robot"], texts["shipped.opened_robot"], texts["shipped.opened_text"]);
}
