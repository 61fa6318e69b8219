namespace AutomationCrm.Application.People;

/// <summary>A signed-in browser; only the hash of its token is stored.</summary>
public sealed class SignInSession
{
    public byte[] TokenHash { get; init; } = [];

    public long PersonId { get; init; }

    /// <summary>The demo person through whose eyes an administrator looks.</summary>
    public long? ViewAsId { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public string Agent { get; init; } = "";

    /// <summary>Half open: the password was right, the code of the second factor is missing.</summary>
    public bool AwaitsCode { get; init; }

    /// <summary>When the person last proved with the password who sits there; null is the sign-in itself.</summary>
    public DateTimeOffset? ProvenAt { get; set; }
}

/// <summary>A link that signs in once.</summary>
public sealed class OneTimeLink
{
    public byte[] TokenHash { get; init; } = [];

    public long PersonId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>An inbound webhook: a program that acts as a person within scopes; only the hash of its secret is stored.</summary>
public sealed class Webhook
{
    public long Id { get; init; }

    public long PersonId { get; init; }

    public string Name { get; set; } = "";

    public byte[] SecretHash { get; init; } = [];

    /// <summary>The first characters of the secret, for recognising it.</summary>
    public string Hint { get; init; } = "";

    public List<string> Scopes { get; init; } = [];

    /// <summary>Whether the secret may stand in the URL as Bitrix24 has it.</summary>
    public bool UrlForm { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}
