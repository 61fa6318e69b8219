using AutomationCrm.Application.Messages.Chat;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots.Client;

/// <summary>Says something in the item's own chat; mentioned people are told.</summary>
internal sealed class SendChatMessageRobot() : Robot<SendChatMessageRobot.Settings>("send_chat_message", RobotKind.State, RobotGroups.Employee)
{
    public const string MessageId = "MessageId";
    public const string Told = "Told";

    protected override IReadOnlyList<Field> Results => [RobotResult.Of(MessageId, FieldKind.Integer), RobotResult.Of(Told, FieldKind.Integer)];

    protected override async Task<Outcome> RunAsync(Settings settings, RobotContext context, CancellationToken ct)
    {
        var mentions = string.Join(' ', settings.Mention.Distinct().Select(id => $"@user_{id}"));
        var posted = await context.Send(new PostChatMessage(context.Item.Ref, mentions.Length > 0 ? $"{mentions} {settings.Text}" : settings.Text), ct);
        return RobotResult.Done((MessageId, Value.Of((decimal)posted.Id)), (Told, Value.Of((decimal)posted.Told)));
    }

    internal sealed record Settings
    {
        [Setting(FieldKind.LongText, Required = true, MaxLength = 3_500)]
        public string Text { get; init; } = "";

        /// <summary>Told beside those whom the text itself names.</summary>
        [Setting(FieldKind.User, Multiple = true)]
        public IReadOnlyList<long> Mention { get; init; } = [];
    }
}
