using System.Security.Cryptography;
using System.Text;
using AutomationCrm.Application.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Security;

/// <summary>Key of the secret box; configuration section <c>Crm:Secrets</c>.</summary>
public sealed class SecretOptions
{
    public const string Section = "Crm:Secrets";

    /// <summary>32 bytes in base64; one is made in the data directory unless given.</summary>
    public string Key { get; init; } = "";
}

/// <summary>AES-256-GCM with a key outside the database; the purpose is authenticated with the text.</summary>
internal sealed class SecretBox(IOptions<SecretOptions> options, IConfiguration configuration) : ISecretBox
{
    private const string Prefix = "v1.";
    private const string FileName = "secrets-key";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly Lazy<byte[]> key = new(() => Load(options.Value.Key, configuration["Crm:DataDirectory"]));

    public string Close(string purpose, string secret)
    {
        var text = Encoding.UTF8.GetBytes(secret);
        var closed = new byte[NonceBytes + text.Length + TagBytes];
        RandomNumberGenerator.Fill(closed.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key.Value, TagBytes);
        aes.Encrypt(closed.AsSpan(0, NonceBytes), text, closed.AsSpan(NonceBytes, text.Length), closed.AsSpan(NonceBytes + text.Length), Encoding.UTF8.GetBytes(purpose));
        return Prefix + Convert.ToBase64String(closed);
    }

    public string Open(string purpose, string closed)
    {
        if (!closed.StartsWith(Prefix, StringComparison.Ordinal)) throw new CryptographicException("This is no closed secret.");

        var bytes = Convert.FromBase64String(closed[Prefix.Length..]);
        if (bytes.Length < NonceBytes + TagBytes) throw new CryptographicException("This is no closed secret.");
        var text = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key.Value, TagBytes);
        aes.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, text.Length), bytes.AsSpan(NonceBytes + text.Length), text, Encoding.UTF8.GetBytes(purpose));
        return Encoding.UTF8.GetString(text);
    }

    private static byte[] Load(string configured, string? dataDirectory)
    {
        if (configured.Length > 0) return Parse(configured, $"{SecretOptions.Section}:Key");
        if (string.IsNullOrEmpty(dataDirectory)) throw new InvalidOperationException("Secrets need a key: set Crm__Secrets__Key or Crm__DataDirectory.");

        var file = Path.Combine(dataDirectory, FileName);
        return Parse((File.Exists(file) ? File.ReadAllText(file) : Make(file)).Trim(), file);
    }

    private static string Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var made = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var writer = new StreamWriter(file, how);
            writer.WriteLine(made);
            return made;
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process of this machine was faster.
            return File.ReadAllText(file);
        }
    }

    private static byte[] Parse(string text, string where)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) && count == KeyBytes ? bytes[..count] : throw new InvalidOperationException($"{where}: a key is the base64 of {KeyBytes} bytes.");
    }
}
