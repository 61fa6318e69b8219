using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Messages.Chat;
using AutomationCrm.Application.Messages.Mail;
using AutomationCrm.Application.Messages.Sms;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Messages;

/// <summary>How messages leave the house: mail, SMS providers, chats of others.</summary>
public sealed class IndexModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    public MailSettings Mail { get; private set; } = null!;

    public IReadOnlyList<SmsProviderLine> Sms { get; private set; } = [];

    public IReadOnlyList<ChatWebhookLine> Chats { get; private set; } = [];

    public IReadOnlyList<(string Code, string Title)> Presets => SmsPresets.All;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Mail = await sender.Send(new GetMailSettings(), ct);
        Sms = await sender.Send(new ListSmsProviders(), ct);
        Chats = await sender.Send(new ListChatWebhooks(), ct);
    }

    public async Task<IActionResult> OnPostTestAsync(string? to, CancellationToken ct)
    {
        if (await this.TryAsync(() => sender.Send(new SendTestMail(to ?? ""), ct)) is { } refused) return refused;
        if (ModelState.IsValid)
        {
            Flash.Set(TempData, new Flash(texts["messages.test_done", to ?? ""]));
            return RedirectToPage();
        }

        await OnGetAsync(ct);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
