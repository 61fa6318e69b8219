using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.WebForms;
using AutomationCrm.Web.Hosting.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AutomationCrm.Web.Pages.Public;

/// <summary>Where a client writes about one item. Who has the address has the right.</summary>
[AllowAnonymous]
public sealed class ClientModel(ISender sender) : PageModel
{
    public ClientPage? Shown { get; private set; }

    public bool Sent { get; private set; }

    public string Text { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct)
    {
        Response.Headers.CacheControl = "private, no-store";
        Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        try
        {
            Shown = await sender.Send(new OpenClientPage(token), ct);
        }
        catch (NotFoundException)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, string? text, string? stamp, string? website, CancellationToken ct)
    {
        await OnGetAsync(token, ct);
        if (Shown is null) return Page();

        Text = text ?? "";
        var message = new SendClientMessage(token, Text, stamp ?? "", HttpContext.Connection.RemoteIpAddress?.ToString() ?? "", website ?? "");
        if (await this.TryAsync(async () => Sent = await sender.Send(message, ct)) is { } refused) return refused;
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
