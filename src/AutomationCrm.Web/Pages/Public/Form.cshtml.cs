using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Portal;
using AutomationCrm.Application.WebForms;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Web.Hosting.Security;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Fields;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Public;

/// <summary>A public form as its visitor sees it.</summary>
[AllowAnonymous, EnableRateLimiting(PublicRate.Name)]
public sealed class FormModel(ISender sender, FieldTitles titles, IStringLocalizer<Texts> texts) : PageModel
{
    public ShownForm? Shown { get; private set; }

    public string? Thanks { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken ct) => await ShowAsync(token, ct);

    public async Task<IActionResult> OnPostAsync(string token, string? stamp, bool consent, string? website, CancellationToken ct)
    {
        if (await ShowAsync(token, ct) is var shown && Shown is not { } open) return shown;

        var posted = await Request.ReadFormAsync(ct);
        var values = open.Form.Fields.Where(f => posted.ContainsKey(NameOf(f))).ToDictionary(f => f, f => posted[NameOf(f)].ToString());
        var submit = new SubmitWebForm(token, values, stamp ?? "", RemoteAddress.KeyOf(HttpContext)) { Consents = consent, Trap = website ?? "", Chain = Request.Headers[ChainHeader.Name] };
        if (await this.TryAsync(async () => Thanks = await sender.Send(submit, ct)) is { } refused) return refused;
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public static string NameOf(string code) => "f." + code;

    public string ValueOf(string code) => Request.HasFormContentType ? Request.Form[NameOf(code)].ToString() : "";

    public string TitleOf(string code) => ClientFields.All.Contains(code) ? texts[$"webform.{code.ToLowerInvariant()}"] : FieldOf(code) is { } field ? titles.Of(field) : code;

    public bool IsLong(string code) => FieldOf(code)?.Kind == FieldKind.LongText;

    /// <summary>The type of the input.</summary>
    public string InputOf(string code) => code switch
    {
        ClientFields.Email or FieldCodes.Email => "email",
        ClientFields.Phone or FieldCodes.Phone => "tel",
        _ => FieldOf(code)?.Kind switch { FieldKind.Date => "date", FieldKind.Url => "url", FieldKind.Number or FieldKind.Integer => "number", _ => "text" },
    };

    private Field? FieldOf(string code) => Shown?.Type.Fields.Find(code);

    private async Task<IActionResult> ShowAsync(string token, CancellationToken ct)
    {
        Response.Headers.CacheControl = "private, no-store";
        try
        {
            Shown = await sender.Send(new OpenWebForm(token), ct);
        }
        catch (NotFoundException)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Page();
    }
}
