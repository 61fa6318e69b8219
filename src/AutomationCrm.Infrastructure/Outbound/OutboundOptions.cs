namespace AutomationCrm.Infrastructure.Outbound;

/// <summary>What the outbound door lets through; configuration section <c>Crm:Outbound</c>.</summary>
public sealed class OutboundOptions
{
    public const string Section = "Crm:Outbound";

    /// <summary>Whether plain http is allowed to everywhere.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Ports that may be called; 443 and 8443, with plain http also 80 and 8080, unless given.</summary>
    public int[]? Ports { get; init; }

    /// <summary>Exact origins (scheme, host, port) that are called without an address check: machines of one's own network.</summary>
    public string[] AllowedOrigins { get; init; } = [];

    /// <summary>Seconds for one call, from the name's resolution to the last byte of the answer.</summary>
    public int TimeoutSeconds { get; init; } = 15;

    /// <summary>Secrets that sign webhooks, <c>whsec_</c> and base64 of at least 24 bytes, the newest first; one is made in the data directory unless given.</summary>
    public string[] SigningSecrets { get; init; } = [];

    internal IReadOnlyCollection<int> EffectivePorts => Ports is { Length: > 0 } given ? given : AllowHttp ? [443, 8443, 80, 8080] : [443, 8443];
}
