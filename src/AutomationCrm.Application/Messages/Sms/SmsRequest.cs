using System.Text.Json;

namespace AutomationCrm.Application.Messages.Sms;

/// <summary>A text message as it lies in the outbox. How it is sent is read from the provider at that time; its secret is nowhere else.</summary>
public sealed record SmsRequest(long ProviderId, string Provider, string To, string Text, long? RunId, long? RobotRunId)
{
    public const string EffectKind = "sms";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static SmsRequest Parse(string json) => JsonSerializer.Deserialize<SmsRequest>(json, Json)!;
}
