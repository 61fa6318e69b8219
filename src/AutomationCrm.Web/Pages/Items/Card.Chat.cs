using AutomationCrm.Application.Messages.Chat;
using Microsoft.AspNetCore.Mvc;

namespace AutomationCrm.Web.Pages.Items;

/// <summary>The tab of the chat.</summary>
public sealed partial class CardModel
{
    /// <summary>The lines of the chat.</summary>
    public ChatView Chat { get; private set; } = new([], HasOlder: false);

    public async Task<PartialViewResult> OnGetChatAsync(long? before, CancellationToken ct)
    {
        Chat = await sender.Send(new GetChat(Ref) { Before = before }, ct);
        return Partial(before is null ? "_ChatLines" : "_ChatOlder", this);
    }

    public async Task<IActionResult> OnPostSayAsync(string? text, CancellationToken ct)
    {
        Tab = "chat";
        if (string.IsNullOrWhiteSpace(text)) return Back(texts["chat.empty"], "warning");

        var posted = await sender.Send(new PostChatMessage(Ref, text.Trim()), ct);
        return posted.Told > 0 ? Back(texts["chat.told", posted.Told]) : Redirect(TabAddress);
    }

    private async Task LoadChatAsync(CancellationToken ct) => Chat = await sender.Send(new GetChat(Ref), ct);
}
