using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.GlobalValues;

/// <summary>Variables and constants of the portal.</summary>
public sealed class IndexModel(ISender sender, ValueForm values, IStringLocalizer<Texts> texts) : PageModel
{
    public IReadOnlyList<GlobalValueLine> Found { get; private set; } = [];

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public FieldKind Kind { get; set; }

    [BindProperty]
    public bool Constant { get; set; }

    [BindProperty]
    public bool Multiple { get; set; }

    [BindProperty]
    public string? Value { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await this.TryAsync(async () => Found = await sender.Send(new ListGlobalValues(), ct)) ?? Page();

    public async Task<IActionResult> OnPostAddAsync(CancellationToken ct)
    {
        var refused = await this.TryAsync(() =>
        {
            var field = new GlobalValue { Code = Code ?? "", Kind = Kind, Multiple = Multiple }.AsField;
            return sender.Send(new AddGlobalValue(Code?.Trim() ?? "", Name ?? "", Kind) { IsConstant = Constant, Multiple = Multiple, Value = values.Read(field, Value), Description = Description ?? "" }, ct);
        });
        if (refused is not null) return refused;
        if (ModelState.IsValid)
        {
            Flash.Set(TempData, new Flash(texts["globals.added", Name ?? ""]));
            return RedirectToPage();
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await OnGetAsync(ct);
    }
}
