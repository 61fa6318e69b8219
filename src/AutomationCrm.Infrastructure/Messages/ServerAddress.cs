using System.Globalization;

namespace AutomationCrm.Infrastructure.Messages;

/// <summary>A mail server as people write it: host or host:port.</summary>
internal readonly record struct ServerAddress(string Host, int Port)
{
    public static ServerAddress? Parse(string text, int usual)
    {
        var colon = text.LastIndexOf(':');
        var (host, port) = colon < 0 ? (text, usual) : (text[..colon], int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0);
        return host.Length > 0 && Uri.CheckHostName(host) != UriHostNameType.Unknown && port is > 0 and <= ushort.MaxValue ? new(host, port) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
