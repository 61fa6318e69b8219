using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.WebForms;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Web.Hosting.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>The address at which the client may write about an item, to be sent to him.</summary>
public sealed class ClientLinkModel(ISender sender, IConfiguration configuration) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int TypeId { get; set; }

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public string? Link { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) =>
        await this.TryAsync(async () => Link = $"{BaseUrl()}/client/{await sender.Send(new GetClientLink(new ItemRef(TypeId, Id)), ct)}") ?? Page();

    private string BaseUrl() => (configuration["Crm:Url"] ?? $"{Request.Scheme}://{Request.Host}{Request.PathBase}").TrimEnd('/');
}
