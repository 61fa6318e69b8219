using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Outbound;

/// <summary>Origins that are called without an address check: from the configuration, and the demo sink's while demo mode is on.</summary>
public sealed class OutboundAllowList
{
    private readonly ConcurrentDictionary<string, bool> origins = new();

    public OutboundAllowList(IOptions<OutboundOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var text in OutboundOptions.List(options.Value.AllowedOrigins))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var origin) || origin.PathAndQuery != "/" || origin.UserInfo.Length > 0)
                throw new OptionsValidationException(OutboundOptions.Section, typeof(OutboundOptions), [$"{OutboundOptions.Section}:AllowedOrigins: \"{text}\" is not an origin such as https://erp.example.com:8443."]);
            Allow(origin);
        }
    }

    public void Allow(Uri origin) => origins[Key(origin)] = true;

    public bool Covers(Uri url) => origins.ContainsKey(Key(url));

    private static string Key(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return string.Create(CultureInfo.InvariantCulture, $"{url.Scheme}://{url.IdnHost.ToLowerInvariant()}:{url.Port}");
    }
}
