using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Documents.QrPages;
using AutomationCrm.Web.Hosting.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace AutomationCrm.Web.Pages.Public;

/// <summary>To which a QR code leads: the visitor confirms, once. Who has the address has the right; a look alone confirms nothing.</summary>
[AllowAnonymous, EnableRateLimiting(PublicRate.Name)]
public sealed class QrModel(ISender sender) : PageModel
{
    public QrPage? Shown { get; private set; }

    public string Address => $"{PublicLink.QrPage}/{Token}";

    private string Token => PublicLink.TokenOf(HttpContext);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        PublicLink.KeepPrivate(Response);
        try
        {
            Shown = await sender.Send(new OpenQrPage(Token), ct);
        }
        catch (NotFoundException)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        try
        {
            await sender.Send(new ConfirmQrPage(Token), ct);
            return LocalRedirect(Address);
        }
        catch (NotFoundException)
        {
            return await OnGetAsync(ct);
        }
    }
}
