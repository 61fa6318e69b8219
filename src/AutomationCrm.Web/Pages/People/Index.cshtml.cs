using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Directory;
using AutomationCrm.Web.Hosting.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.People;

/// <summary>All people, for administrators.</summary>
public sealed class IndexModel(ISender sender) : PageModel
{
    public IReadOnlyList<PersonRow> People { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await this.TryAsync(async () => People = await sender.Send(new ListPeople(), ct)) ?? Page();
}
