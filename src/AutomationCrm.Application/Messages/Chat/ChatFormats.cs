using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutomationCrm.Application.Messages.Chat;

/// <summary>What chats of others accept at their incoming webhooks.</summary>
public static class ChatFormats
{
    public const string Slack = "slack";
    public const string Mattermost = "mattermost";
    public const string Teams = "teams";

    public static IReadOnlyList<string> All { get; } = [Slack, Mattermost, Teams];

    /// <summary>The body of the call. The text is plain: what means something to the receiver is taken out of its values.</summary>
    public static string Body(string format, string text, string title, string link) => format switch
    {
        Teams => TeamsCard(text, title, link).ToJsonString(),
        Mattermost => new JsonObject { ["text"] = $"{MarkdownText(text)}\n[{MarkdownText(title)}]({link})" }.ToJsonString(),
        _ => new JsonObject { ["text"] = $"{SlackText(text)}\n<{link}|{SlackText(title).Replace('|', '/')}>", ["unfurl_links"] = false }.ToJsonString(),
    };

    // Slack knows three characters that mean something.
    private static string SlackText(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    // A blank that has no width keeps @channel and the like from calling everybody; links cannot hide behind other words.
    private static string MarkdownText(string text) => text.Replace("@", "@\u200B", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    /// <summary>An Adaptive Card in the envelope that Teams' workflows take.</summary>
    private static JsonObject TeamsCard(string text, string title, string link) => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["content"] = new JsonObject
            {
                ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                ["type"] = "AdaptiveCard",
                ["version"] = "1.4",
                ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = MarkdownText(text), ["wrap"] = true }),
                ["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = title, ["url"] = link }),
            },
        }),
    };
}

/// <summary>A message to a chat of somebody else as it lies in the outbox; the address is read at the time of sending.</summary>
public sealed record ChatRequest(long WebhookId, string Chat, string Format, string Text, string Title, string Link, long? RunId, long? RobotRunId)
{
    public const string EffectKind = "chat";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static ChatRequest Parse(string json) => JsonSerializer.Deserialize<ChatRequest>(json, Json)!;
}
