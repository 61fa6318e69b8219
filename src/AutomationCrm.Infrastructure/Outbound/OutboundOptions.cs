using System.Globalization;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Outbound;

/// <summary>What the outbound door lets through; configuration section <c>Crm:Outbound</c>.</summary>
public sealed class OutboundOptions
{
    public const string Section = "Crm:Outbound";

    /// <summary>Whether plain http is allowed to everywhere.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Ports that may be called, separated by commas; 443 and 8443, with plain http also 80 and 8080, unless given.</summary>
    public string Ports { get; init; } = "";

    /// <summary>Exact origins (scheme, host, port), separated by commas, that are called without an address check: machines of one's own network.</summary>
    public string AllowedOrigins { get; init; } = "";

    /// <summary>Seconds for one call, from the name's resolution to the last byte of the answer.</summary>
    public int TimeoutSeconds { get; init; } = 15;

    /// <summary>Secrets that sign webhooks, <c>whsec_</c> and base64 of at least 24 bytes, the newest first, separated by commas; one is made in the data directory unless given.</summary>
    public string SigningSecrets { get; init; } = "";

    internal IReadOnlyCollection<int> EffectivePorts => Ports.Length > 0 ? [.. List(Ports).Select(PortOf)] : AllowHttp ? [443, 8443, 80, 8080] : [443, 8443];

    /// <summary>The parts of a list as people write it into one environment variable.</summary>
    internal static string[] List(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static int PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue ? port
        : throw new OptionsValidationException(Section, typeof(OutboundOptions), [$"{Section}:Ports: \"{text}\" is not a port."]);
}
