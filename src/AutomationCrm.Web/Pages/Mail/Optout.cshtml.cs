using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Messages.Mail;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Mail;

/// <summary>"No more mail, please": mail programs send it with one click and without a form, so the token in the address is the only proof (RFC 8058).</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class OptoutModel(ISender sender, Caller caller) : PageModel
{
    public string Address { get; private set; } = "";

    public bool Done { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        if (await sender.Send(new FindMailByToken(token), ct) is not { } address) return NotFound();
        Address = address;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken ct)
    {
        caller.Become(Caller.SystemId, isAdmin: true, Origin.Rest);
        if (await sender.Send(new OptOutOfMail(token), ct) is not { } address) return NotFound();
        (Address, Done) = (address, true);
        return Page();
    }
}
