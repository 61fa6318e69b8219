using System.Security.Cryptography;
using System.Text;

namespace AutomationCrm.Web.Rest.Protocol.Methods;

/// <summary>Ids made from a client's command id, the same each time: per command of a batch, per webhook and method.</summary>
internal static class CommandIds
{
    public static Guid Derive(Guid id, string part)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. id.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(part)], hash);
        // RFC 9562 version 8: made by a rule of our own.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
