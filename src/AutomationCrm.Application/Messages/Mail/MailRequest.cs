using System.Text.Json;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>A mail as it lies in the outbox.</summary>
/// <param name="From">Null: the configured sender at the time of sending.</param>
/// <param name="ReplyTo">Null: the configured one, else none.</param>
/// <param name="Files">Ids of stored files.</param>
/// <param name="Chain">The chain of causes, for what follows from the sending.</param>
public sealed record MailRequest(Guid MailId, string MessageId, string? From, string? ReplyTo, IReadOnlyList<string> To, string Subject, string Text, string Html, string Token, bool ToClient, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<Guid> Files, string? Chain)
{
    public const string EffectKind = "mail";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static MailRequest Parse(string json) => JsonSerializer.Deserialize<MailRequest>(json, Json)!;
}
