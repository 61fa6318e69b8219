using System.Security.Cryptography;
using System.Text;

namespace AutomationCrm.Robots.Other;

/// <summary>The signature of Standard Webhooks: HMAC-SHA256 over id, timestamp and the body's bytes, one per secret.</summary>
internal static class WebhookSignature
{
    public static string Of(IReadOnlyList<ReadOnlyMemory<byte>> keys, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        var signed = new byte[Encoding.UTF8.GetByteCount(id) + Encoding.UTF8.GetByteCount(timestamp) + body.Length + 2];
        var length = Encoding.UTF8.GetBytes($"{id}.{timestamp}.", signed);
        body.CopyTo(signed.AsSpan(length));
        return string.Join(' ', keys.Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key.Span, signed))));
    }
}
