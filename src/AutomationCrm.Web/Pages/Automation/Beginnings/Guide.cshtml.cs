using AutomationCrm.Application.Automation.Editing;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm.Pipelines;
using AutomationCrm.Web.Pages.Shared.Items;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Automation.Beginnings;

/// <summary>"What should happen?": which tool serves what somebody has in mind.</summary>
public sealed class GuideModel(ISender sender, IPortal portal) : PageModel
{
    public Pipeline Pipeline { get; private set; } = null!;

    /// <summary>Whether a process can be begun from here.</summary>
    public bool HasProcesses { get; private set; }

    internal AutomationAddress Address => new(RouteData.Kind(), Pipeline.Id);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var kind = RouteData.Kind();
        if (portal.Current.Pipeline(kind.TypeId, RouteData.PipelineId()) is not { } pipeline) return NotFound();

        (Pipeline, HasProcesses) = (pipeline, await sender.Send(new HasProcesses(), ct));
        return Page();
    }
}
