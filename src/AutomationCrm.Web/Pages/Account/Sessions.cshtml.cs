using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.People.Sessions;
using AutomationCrm.Web.Hosting.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Account;

/// <summary>Where one is signed in, and the way to end it.</summary>
public sealed class SessionsModel(ISender sender) : PageModel
{
    public IReadOnlyList<SessionRow> Sessions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await this.TryAsync(async () => Sessions = await sender.Send(new ListSessions(), ct)) ?? Page();

    public async Task<IActionResult> OnPostAsync(string? id, CancellationToken ct) =>
        await this.TryAsync(() => sender.Send(new RevokeSession(id ?? ""), ct)) ?? (ModelState.IsValid ? RedirectToPage() : BadRequest());
}
