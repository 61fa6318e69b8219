namespace AutomationCrm.Application.Messages.Sms;

/// <summary>How text messages are sent over HTTP. Address and body know {to}, {text}, {id}, {from}, {account}; address and headers also {secret}.</summary>
public sealed class SmsProvider
{
    public long Id { get; init; }

    public string Name { get; set; } = "";

    public string Method { get; set; } = "POST";

    public string Url { get; set; } = "";

    /// <summary>JSON object: values by name.</summary>
    public string Headers { get; set; } = "{}";

    public string ContentType { get; set; } = "application/json";

    public string Body { get; set; } = "";

    /// <summary>The number or name that {from} stands for.</summary>
    public string Sender { get; set; } = "";

    /// <summary>none, basic (account and secret) or bearer (secret).</summary>
    public string Auth { get; set; } = "none";

    public string Account { get; set; } = "";

    /// <summary>Encrypted; never shown again.</summary>
    public string? Secret { get; set; }

    /// <summary>Where the answer says that it worked; empty: any answer of 200 to 299 is a success.</summary>
    public string SuccessPath { get; set; } = "";

    /// <summary>What must stand there; empty: something must stand there.</summary>
    public string SuccessValue { get; set; } = "";

    public string IdPath { get; set; } = "";

    public string ErrorPath { get; set; } = "";

    public bool IsDefault { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}
