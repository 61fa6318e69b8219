namespace AutomationCrm.Application.Messages.Chat;

/// <summary>A chat of somebody else that takes messages at an address; the address is the secret.</summary>
public sealed class ChatWebhook
{
    public long Id { get; init; }

    public string Name { get; set; } = "";

    /// <summary>slack, mattermost or teams.</summary>
    public string Format { get; set; } = "slack";

    /// <summary>Scheme, host and port of the address: what may be shown.</summary>
    public string Host { get; set; } = "";

    /// <summary>The address, encrypted.</summary>
    public string Secret { get; set; } = "";

    public DateTimeOffset ChangedAt { get; set; }
}
