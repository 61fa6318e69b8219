using System.Net;
using System.Net.Sockets;

namespace AutomationCrm.Infrastructure.Outbound;

/// <summary>Whether an address is one of the public Internet's. What is not known to be public is not (IANA special-purpose registries).</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Refused4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
            "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // A cloud's own services answer here, to its virtual machines only.
            "168.63.129.16/32",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    // Within the global range: protocol assignments with Teredo and ORCHID, documentation, 6to4, whose addresses carry IPv4 ones.
    private static readonly IPNetwork[] Refused6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Refused4.Any(network => network.Contains(address)),
            // Loopback, ULA, link-local, multicast, NAT64 and IPv4-compatible addresses all lie outside of 2000::/3.
            AddressFamily.InterNetworkV6 => Global6.Contains(address) && !Refused6.Any(network => network.Contains(address)),
            _ => false,
        };
    }
}
