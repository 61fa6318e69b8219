using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Messages.Chat;
using AutomationCrm.Web.Hosting.SignIn;
using AutomationCrm.Web.Pages.Shared.Layout;
using AutomationCrm.Web.Resources;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AutomationCrm.Web.Pages.Messages;

/// <summary>One chat of others; its address goes in and never comes out.</summary>
public sealed class ChatModel(ISender sender, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    public string Name { get; private set; } = "";

    public string Format { get; private set; } = ChatFormats.Slack;

    /// <summary>Names of products, the same in every language.</summary>
    public static string Title(string format) => format switch { ChatFormats.Mattermost => "Mattermost", ChatFormats.Teams => "Microsoft Teams", _ => "Slack" };

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (Id == 0) return Page();
        if ((await sender.Send(new ListChatWebhooks(), ct)).FirstOrDefault(w => w.Id == Id) is not { } found) return NotFound();
        (Name, Format) = (found.Name, found.Format);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? name, string? format, CancellationToken ct)
    {
        (Name, Format) = (name?.Trim() ?? "", format ?? "");
        if (await this.TryAsync(() => sender.Send(new SaveChatWebhook(Id, Name, Format, Request.Read("url").Trim()), ct)) is { } refused) return refused;
        if (ModelState.IsValid)
        {
            Flash.Set(TempData, new Flash(texts["messages.saved", Name]));
            return Redirect("/messages");
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken ct)
    {
        if (await this.TryAsync(() => sender.Send(new DeleteChatWebhook(Id), ct)) is { } refused) return refused;
        Flash.Set(TempData, new Flash(texts["messages.deleted"]));
        return Redirect("/messages");
    }
}
