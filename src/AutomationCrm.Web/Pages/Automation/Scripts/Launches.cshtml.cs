using AutomationCrm.Application.Automation.Scripts;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Automation.Scripts;

/// <summary>What was started by hand: scripts and robots applied to a stage, with how far each is.</summary>
public sealed class LaunchesModel(ISender sender, IPortal portal) : PageModel
{
    public IReadOnlyList<LaunchView> Launches { get; private set; } = [];

    public string Author(LaunchView view) => portal.Current.PersonName(view.Launch.AuthorId);

    public async Task OnGetAsync(CancellationToken ct) => Launches = await sender.Send(new ListLaunches(), ct);

    public async Task<IActionResult> OnGetListAsync(CancellationToken ct)
    {
        await OnGetAsync(ct);
        return Partial("_Launches", this);
    }
}
