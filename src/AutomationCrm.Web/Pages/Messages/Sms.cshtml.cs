using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Messages.Sms;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Messages;

/// <summary>One SMS provider; its secret goes in and never comes out.</summary>
public sealed class SmsModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public SmsProviderFields Fields { get; private set; } = new();

    public bool HasSecret { get; private set; }

    public string Headers => string.Join('\n', Fields.Headers.Select(h => $"{h.Key}: {h.Value}"));

    public async Task<IActionResult> OnGetAsync(string? preset, CancellationToken ct)
    {
        if (Id == 0)
        {
            Fields = SmsPresets.Of(preset ?? "");
            return Page();
        }

        if (await FindAsync(ct) is not { } found) return NotFound();
        (Fields, HasSecret) = (found.Fields, found.HasSecret);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Fields = Read(Request.Form);
        if (await this.TryAsync(() => sender.Send(new SaveSmsProvider(Id, Fields, Request.Read("secret")), ct)) is { } refused) return refused;
        if (ModelState.IsValid)
        {
            Flash.Set(TempData, new Flash(texts["messages.saved", Fields.Name]));
            return Redirect("/messages");
        }

        HasSecret = Id > 0 && await FindAsync(ct) is { HasSecret: true };
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        if (await this.TryAsync(() => sender.Send(new DeleteSmsProvider(Id), ct)) is { } refused) return refused;
        Flash.Set(TempData, new Flash(texts["messages.deleted"]));
        return Redirect("/messages");
    }

    private async Task<SmsProviderLine?> FindAsync(CancellationToken ct) => (await sender.Send(new ListSmsProviders(), ct)).FirstOrDefault(p => p.Id == Id);

    private static SmsProviderFields Read(IFormCollection form)
    {
        string Text(string name) => form[name].ToString();
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Text("headers").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(':', 2);
            headers[parts[0].Trim()] = parts.Length > 1 ? parts[1].Trim() : "";
        }

        return new()
        {
            Name = Text("name").Trim(),
            Method = Text("method"),
            Url = Text("url").Trim(),
            ContentType = Text("contentType").Trim(),
            Body = Text("body"),
            Headers = headers,
            Sender = Text("sender"),
            Auth = Text("auth"),
            Account = Text("account"),
            SuccessPath = Text("successPath"),
            SuccessValue = Text("successValue"),
            IdPath = Text("idPath"),
            ErrorPath = Text("errorPath"),
            IsDefault = Text("isDefault") == "true",
        };
    }
}
