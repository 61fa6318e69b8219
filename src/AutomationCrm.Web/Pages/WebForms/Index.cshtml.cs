using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.WebForms;
using AutomationCrm.Web.Hosting.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.WebForms;

/// <summary>All public forms.</summary>
public sealed class IndexModel(ISender sender) : PageModel
{
    public IReadOnlyList<WebForm> Forms { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await this.TryAsync(async () => Forms = await sender.Send(new ListWebForms(), ct)) ?? Page();

    /// <summary>Where visitors open the form.</summary>
    public string PathOf(WebForm form) => $"{Request.PathBase}/forms/{form.Token}";
}
