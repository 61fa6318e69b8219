using AutomationCrm.Application.Automation.Values;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.GlobalValues;

/// <summary>One global value: set it, name it, see who uses it and what it was.</summary>
public sealed class EditModel(ISender sender, ValueForm values, IStringLocalizer<Texts> texts) : PageModel
{
    [FromRoute(Name = "code")]
    public string Code { get; set; } = "";

    public GlobalValueView View { get; private set; } = null!;

    public ValueInput Input { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) =>
        await this.TryAsync(async () =>
        {
            View = await sender.Send(new GetGlobalValue(Code), ct);
            Input = values.Fill(View.Value);
        }) ?? Page();

    public Task<IActionResult> OnPostValueAsync(string? value, long version, CancellationToken ct) => DoAsync("globals.set_done", async () =>
    {
        var now = await sender.Send(new GetGlobalValue(Code), ct);
        try
        {
            await sender.Send(new SetGlobalValue(now.Value.Code, values.Read(now.Value.AsField, value)) { SeenVersion = version }, ct);
        }
        catch (ConflictException)
        {
            ModelState.AddModelError("value", texts["globals.conflict"]);
        }
    }, ct);

    public Task<IActionResult> OnPostDescribeAsync(string? name, string? description, CancellationToken ct) =>
        DoAsync("globals.saved", () => sender.Send(new DescribeGlobalValue(Code, name ?? "", description ?? ""), ct), ct);

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        if (await this.TryAsync(() => sender.Send(new DeleteGlobalValue(Code), ct)) is { } refused) return refused;
        if (!ModelState.IsValid) return await AgainAsync(ct);

        Flash.Set(TempData, new Flash(texts["globals.deleted"]));
        return RedirectToPage("Index");
    }

    private async Task<IActionResult> DoAsync(string done, Func<Task> work, CancellationToken ct)
    {
        if (await this.TryAsync(work) is { } refused) return refused;
        if (!ModelState.IsValid) return await AgainAsync(ct);

        Flash.Set(TempData, new Flash(texts[done]));
        return RedirectToPage(new { code = Code });
    }

    private async Task<IActionResult> AgainAsync(CancellationToken ct)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await OnGetAsync(ct);
    }
}
