using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Documents.Links;
using AutomationCrm.Web.Hosting.Security;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Files;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Documents;

/// <summary>What a client sees who follows the link of a document: the document, and the place to sign it off. Who has the link has the right.</summary>
[AllowAnonymous, EnableRateLimiting(PublicRate.Name)]
public sealed class PublicModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    public PublicDocument? Document { get; private set; }

    public string Name { get; private set; } = "";

    public string Address => $"{PublicLink.Document}/{Token}";

    private string Token => PublicLink.TokenOf(HttpContext);

    public async Task<IActionResult> OnGetAsync(string? format, CancellationToken ct)
    {
        PublicLink.KeepPrivate(Response);
        if (Token.Length == 0) return NotFound();
        if (format is null) return await ShowAsync(counts: IsVisit(), ct);

        try
        {
            return this.Attachment(await sender.Send(new GetPublicFile(Token, format), ct));
        }
        catch (NotFoundException)
        {
            return Gone();
        }
    }

    public async Task<IActionResult> OnPostAsync(string? name, bool consent, CancellationToken ct)
    {
        Name = name ?? "";
        if (!consent) ModelState.AddModelError("consent", texts["paper.consent_missing"]);
        if (Name.Trim().Length == 0) ModelState.AddModelError("name", texts["paper.name_missing"]);
        if (ModelState.IsValid && await this.TryAsync(() => sender.Send(new SignPublicDocument(Token, Name, consent), ct)) is not null) return Gone();
        if (ModelState.IsValid)
        {
            Flash.Set(TempData, new Flash(texts["paper.thanks"]));
            return LocalRedirect(Address);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await ShowAsync(counts: false, ct);
    }

    private async Task<IActionResult> ShowAsync(bool counts, CancellationToken ct)
    {
        try
        {
            Document = await sender.Send(new OpenPublicDocument(Token, counts), ct);
            return Page();
        }
        catch (NotFoundException)
        {
            return Gone();
        }
    }

    /// <summary>The same page for links that never were, were taken back and have run out.</summary>
    private PageResult Gone()
    {
        ModelState.Clear();
        Document = null;
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    // Colleagues who look at their own document, previews and browsers that only look ahead are no clients.
    private bool IsVisit() =>
        HttpMethods.IsGet(Request.Method) && User.Identity is not { IsAuthenticated: true } && !Request.Headers.ContainsKey("Sec-Purpose") && !Request.Headers.ContainsKey("Purpose") && !Request.Headers.ContainsKey("X-Purpose");
}
