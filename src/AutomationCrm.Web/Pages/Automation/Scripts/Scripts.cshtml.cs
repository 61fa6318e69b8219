using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Pages.Shared.Items;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Automation.Scripts;

/// <summary>The scripts of an item type: lists of robots that people start by hand.</summary>
public sealed class ScriptsModel(ISender sender, IPortal portal) : PageModel
{
    public IReadOnlyList<Script> Scripts { get; private set; } = [];

    public Pipeline Pipeline { get; private set; } = null!;

    internal AutomationAddress Address => new(Kind, Pipeline.Id);

    internal ItemKind Kind => RouteData.Kind();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (portal.Current.Pipeline(Kind.TypeId, RouteData.PipelineId()) is not { } pipeline) return NotFound();

        Pipeline = pipeline;
        Scripts = await sender.Send(new ListScripts(Kind.TypeId), ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? name, CancellationToken ct)
    {
        var id = await sender.Send(new SaveScript(Kind.TypeId, null, new() { Name = name?.Trim() ?? "" }, 0), ct);
        return Redirect(new AutomationAddress(Kind, RouteData.PipelineId()).Script(id));
    }
}
