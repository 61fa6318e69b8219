using System.Security.Cryptography;
using System.Text;
using AutomationCrm.Application.Ports;
using Microsoft.Extensions.Configuration;

namespace AutomationCrm.Infrastructure.Security;

/// <summary>AES-256-GCM with a random nonce; the purpose is authenticated with the text.</summary>
internal sealed class SecretBox(IConfiguration configuration) : ISecretBox
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly Lazy<byte[]> key = new(() => WrappingKey.Load(configuration));

    public string Seal(string text, string purpose)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var whole = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = whole.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Value, TagBytes);
        aes.Encrypt(nonce, plain, whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        return Convert.ToBase64String(whole);
    }

    public string? Open(string sealedText, string purpose)
    {
        var whole = new byte[sealedText.Length];
        if (!Convert.TryFromBase64String(sealedText, whole, out var length) || length < NonceBytes + TagBytes) return null;

        var plain = new byte[length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key.Value, TagBytes);
        try
        {
            aes.Decrypt(whole.AsSpan(0, NonceBytes), whole.AsSpan(NonceBytes + TagBytes, plain.Length), whole.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(purpose));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(plain);
    }
}
