using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace AutomationCrm.Infrastructure.Security;

/// <summary>The key that wraps other secrets: the configured one, else one made once and kept in the data directory, readable by its owner only.</summary>
internal static class WrappingKey
{
    public const int Bytes = 32;
    private const string Setting = "Crm:WrappingKey";
    private const string FileName = "wrapping-key";

    public static byte[] Load(IConfiguration configuration)
    {
        if (configuration[Setting] is { Length: > 0 } configured) return Parse(configured, "Crm__WrappingKey");
        // Without a directory (tests, tools) nothing is kept beyond this process.
        if (configuration["Crm:DataDirectory"] is not { Length: > 0 } folder) return RandomNumberGenerator.GetBytes(Bytes);

        var file = Path.Combine(folder, FileName);
        return Parse((File.Exists(file) ? File.ReadAllText(file) : Make(file)).Trim(), file);
    }

    private static string Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        var building = $"{file}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(building, options)) writer.WriteLine(key);
        try
        {
            File.Move(building, file, overwrite: false);
            return key;
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process of this machine was faster.
            File.Delete(building);
            return File.ReadAllText(file);
        }
    }

    private static byte[] Parse(string text, string where)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) && count == Bytes ? bytes[..count] : throw new InvalidOperationException($"{where} is not the base64 of {Bytes} bytes.");
    }
}
