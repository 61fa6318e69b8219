using AutomationCrm.Application.Messages.Chat;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Common;
using AutomationCrm.Domain.Crm.Fields;

namespace AutomationCrm.Robots.Client;

/// <summary>Writes into a chat of Slack, Mattermost or Teams that an administrator has named. It may come twice after a crash.</summary>
internal sealed class SendChatWebhookRobot() : Robot<SendChatWebhookRobot.Settings>("send_chat_webhook", RobotKind.Effect, RobotGroups.Employee)
{
    public const string Status = "Status";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(Status, FieldKind.Integer)];

    protected override async Task<PreparedEffect> PrepareAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        if (settings.Text.Contains('\0', StringComparison.Ordinal)) throw Wrong("text", "The text has characters that a message cannot have.");
        var chat = await context.Send(new FindChatWebhook(settings.Chat, context.Item.Ref), ct) ?? throw Wrong("chat", $"There is no chat {settings.Chat}; name one on the page Messages.");
        var request = new ChatRequest(chat.Id, chat.Name, chat.Format, settings.Text, context.Item.Title, chat.Link, context.RunId, context.RobotRunId);
        return new(ChatRequest.EffectKind, $"{chat.Name} ({chat.Host})", request.ToJson());
    }

    private static RuleBrokenException Wrong(string setting, string message) => new("setting.invalid", message, setting);

    internal sealed record Settings
    {
        [Setting(FieldKind.ChatChannel, Required = true, MaxLength = 100)]
        public string Chat { get; init; } = "";

        [Setting(FieldKind.LongText, Required = true, MaxLength = 3_500)]
        public string Text { get; init; } = "";
    }
}
