using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AutomationCrm.Application.People;

/// <summary>Random secrets of 256 bits as URL-safe text. What is stored is SHA-256 of the text itself: no two texts mean the same secret.</summary>
public static class Secret
{
    private const int Bytes = 32;

    /// <summary>The length of a secret without its prefix.</summary>
    public const int Length = 43;

    public static string New(string prefix = "") => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
