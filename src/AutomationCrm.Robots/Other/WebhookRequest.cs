using System.Text.Json;

namespace AutomationCrm.Robots.Other;

/// <summary>A webhook call as it lies in the outbox.</summary>
internal sealed record WebhookRequest(string Method, string Url, IReadOnlyDictionary<string, string> Headers, string? Body, string ContentType, bool Sign, string? Chain)
{
    /// <summary>Results by name: where in the answer's JSON they stand.</summary>
    public IReadOnlyDictionary<string, string> Results { get; init; } = new Dictionary<string, string>();

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static WebhookRequest Parse(string json) => JsonSerializer.Deserialize<WebhookRequest>(json, Json)!;
}
