using System.Globalization;
using System.Security.Cryptography;

namespace AutomationCrm.Infrastructure.Security;

/// <summary>
/// A stored password: <c>1$rounds$salt$key</c>, where 1 is PBKDF2 with HMAC-SHA-512, salt and key are base64. Text of any other form opens nothing.
/// </summary>
internal sealed record PasswordHash(int Rounds, byte[] Salt, byte[] Key)
{
    private const string Version = "1";
    private const int SaltBytes = 16;
    private const int KeyBytes = 64;
    private const int MaxRounds = 10_000_000;

    public static PasswordHash Of(string password, int rounds)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new(rounds, salt, Derive(password, salt, rounds));
    }

    public static PasswordHash? Parse(string? stored)
    {
        if (stored?.Split('$') is not [Version, var rounds, var salt, var key]) return null;
        if (!int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > MaxRounds) return null;

        var (saltBytes, keyBytes) = (new byte[SaltBytes], new byte[KeyBytes]);
        return Convert.TryFromBase64String(salt, saltBytes, out var saltLength) && saltLength == SaltBytes
            && Convert.TryFromBase64String(key, keyBytes, out var keyLength) && keyLength == KeyBytes
                ? new(count, saltBytes, keyBytes)
                : null;
    }

    public bool Opens(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, Salt, Rounds), Key);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version}${Rounds}${Convert.ToBase64String(Salt)}${Convert.ToBase64String(Key)}");

    private static byte[] Derive(string password, byte[] salt, int rounds) => Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA512, KeyBytes);
}
