using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Files;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Files;

/// <summary>A file under the rights of what it belongs to.</summary>
public sealed class DownloadModel(ISender sender) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) => this.Attachment(await sender.Send(new GetFile(id), ct));
}
