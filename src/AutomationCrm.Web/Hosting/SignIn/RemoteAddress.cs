using System.Net.Sockets;

namespace AutomationCrm.Web.Hosting.SignIn;

/// <summary>Under what name failures of a network address are counted.</summary>
internal static class RemoteAddress
{
    /// <summary>An IPv4 address, or the /64 of an IPv6 one: a customer owns that whole.</summary>
    public static string KeyOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
