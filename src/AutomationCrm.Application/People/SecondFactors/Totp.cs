using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace AutomationCrm.Application.People.SecondFactors;

/// <summary>Time-based one-time codes (RFC 6238): SHA-1, six digits, 30 seconds, as every authenticator app reads them.</summary>
internal static class Totp
{
    public const int SecretBytes = 20;
    private const int Digits = 6;
    private const int Modulus = 1_000_000;

    /// <summary>A clock may be one step off.</summary>
    private const int Tolerance = 1;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    public static long StepOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    public static string CodeOf(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The RFC's default, and the only one that all authenticator apps know.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0x0f)..]) & int.MaxValue;
        return (number % Modulus).ToString($"D{Digits}", CultureInfo.InvariantCulture);
    }

    /// <summary>The step that a code belongs to; null when it is wrong, too old, or was used before.</summary>
    /// <param name="lastStep">Of the last code that was taken.</param>
    public static long? Match(byte[] secret, string code, DateTimeOffset now, long lastStep)
    {
        if (code.Length != Digits) return null;

        var current = StepOf(now);
        for (var step = current - Tolerance; step <= current + Tolerance; step++)
        {
            if (step > lastStep && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeOf(secret, step)), System.Text.Encoding.UTF8.GetBytes(code))) return step;
        }

        return null;
    }

    /// <summary>What authenticator apps read, as a link or a picture of it.</summary>
    public static string UriOf(string base32, string login) =>
        $"otpauth://totp/{Uri.EscapeDataString($"AutomationCrm:{login}")}?secret={base32}&issuer=AutomationCrm&digits={Digits}&period={(int)Step.TotalSeconds}";
}
