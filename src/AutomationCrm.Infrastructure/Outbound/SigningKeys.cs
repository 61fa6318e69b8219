using System.Security.Cryptography;
using AutomationCrm.Application.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AutomationCrm.Infrastructure.Outbound;

/// <summary>The configured signing secrets, else one made once and kept in the data directory, readable by its owner only.</summary>
internal sealed class SigningKeys(IOptions<OutboundOptions> options, IConfiguration configuration) : ISigningKeys
{
    private const string Prefix = "whsec_";
    private const string FileName = "webhook-signing-secret";
    private const int FewestBytes = 24;

    private readonly Lazy<IReadOnlyList<ReadOnlyMemory<byte>>> keys = new(() => Load(OutboundOptions.List(options.Value.SigningSecrets), configuration["Crm:DataDirectory"]));

    public IReadOnlyList<ReadOnlyMemory<byte>> Keys => keys.Value;

    private static ReadOnlyMemory<byte>[] Load(string[] configured, string? dataDirectory)
    {
        if (configured.Length > 0) return [.. configured.Select((secret, i) => Parse(secret, $"{OutboundOptions.Section}:SigningSecrets:{i}"))];
        if (string.IsNullOrEmpty(dataDirectory)) return [];

        var file = Path.Combine(dataDirectory, FileName);
        return [Parse((File.Exists(file) ? File.ReadAllText(file) : Make(file)).Trim(), file)];
    }

    private static string Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var secret = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var writer = new StreamWriter(file, options);
            writer.WriteLine(secret);
            return secret;
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process of this machine was faster.
            return File.ReadAllText(file);
        }
    }

    private static ReadOnlyMemory<byte> Parse(string secret, string where)
    {
        var bytes = new byte[secret.Length];
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        return Convert.TryFromBase64String(text, bytes, out var count) && count >= FewestBytes
            ? bytes.AsMemory(0, count)
            : throw new InvalidOperationException($"{where}: a signing secret is {Prefix} and the base64 of at least {FewestBytes} bytes.");
    }
}
