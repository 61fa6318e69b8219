using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.WebForms;
using AutomationCrm.Web.Hosting.Security;
using AutomationCrm.Web.Hosting.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace AutomationCrm.Web.Pages.Public;

/// <summary>Where a client writes about one item. Who has the address has the right.</summary>
[AllowAnonymous, EnableRateLimiting(PublicRate.Name)]
public sealed class ClientModel(ISender sender) : PageModel
{
    public ClientPage? Shown { get; private set; }

    public bool Sent { get; private set; }

    public string Text { get; private set; } = "";

    public string Address => $"{PublicLink.Client}/{Token}";

    private string Token => PublicLink.TokenOf(HttpContext);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        PublicLink.KeepPrivate(Response);
        try
        {
            Shown = await sender.Send(new OpenClientPage(Token), ct);
        }
        catch (NotFoundException)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? text, string? stamp, string? website, CancellationToken ct)
    {
        await OnGetAsync(ct);
        if (Shown is null) return Page();

        Text = text ?? "";
        var message = new SendClientMessage(Token, Text, stamp ?? "", RemoteAddress.KeyOf(HttpContext), website ?? "");
        if (await this.TryAsync(async () => Sent = await sender.Send(message, ct)) is { } refused) return refused;
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
