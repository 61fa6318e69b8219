using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Web.Hosting.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace AutomationCrm.Web.Pages.Mail;

/// <summary>"No more mail, please": mail programs send it with one click and without a form, so the token in the address is the only proof (RFC 8058).</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, EnableRateLimiting(PublicRate.Name)]
public sealed class OptoutModel(ISender sender, Caller caller) : PageModel
{
    public string Address { get; private set; } = "";

    public bool Done { get; private set; }

    public string Here => $"{PublicLink.MailOptout}/{Token}";

    private string Token => PublicLink.TokenOf(HttpContext);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        PublicLink.KeepPrivate(Response);
        if (await sender.Send(new FindMailByToken(Token), ct) is not { } address) return NotFound();
        Address = address;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        caller.Become(Caller.SystemId, isAdmin: true, Origin.Rest);
        if (await sender.Send(new OptOutOfMail(Token), ct) is not { } address) return NotFound();
        (Address, Done) = (address, true);
        return Page();
    }
}
