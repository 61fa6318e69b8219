using System.Text;

namespace AutomationCrm.Application.Files;

/// <summary>What a content really is.</summary>
/// <param name="MediaType">What it is served as; everything that a browser might run or show by itself is a plain stream of bytes.</param>
/// <param name="IsProgram">Something that a double click would run.</param>
public sealed record FileType(string MediaType, bool IsProgram = false);

/// <summary>Looks at contents instead of believing names (attack lists A8, A9).</summary>
public static class FileTypes
{
    private const string Bytes = "application/octet-stream";

    private static readonly (byte[] Start, string MediaType)[] Known =
    [
        ("%PDF-"u8.ToArray(), "application/pdf"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ("GIF87a"u8.ToArray(), "image/gif"),
        ("GIF89a"u8.ToArray(), "image/gif"),
    ];

    /// <summary>Extensions that promise a content; a file that breaks the promise is refused.</summary>
    private static readonly Dictionary<string, string> Promised = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    };

    private static readonly string[] ProgramExtensions =
        [".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".jar", ".lnk", ".reg", ".cpl", ".pif", ".app", ".sh", ".apk", ".iso", ".docm", ".xlsm", ".pptm", ".dotm"];

    public static bool IsPdf(ReadOnlySpan<byte> content) => content.StartsWith("%PDF-"u8);

    public static FileType Of(ReadOnlySpan<byte> content, string name)
    {
        var extension = Path.GetExtension(name);
        if (IsProgram(content) || ProgramExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase)) return new(Bytes, IsProgram: true);
        foreach (var (start, type) in Known)
            if (content.StartsWith(start)) return new(type);
        if (content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8)) return new("image/webp");
        if (content.StartsWith("PK\u0003\u0004"u8)) return new(Promised.GetValueOrDefault(extension, "application/zip"));
        return extension.ToLowerInvariant() is ".txt" or ".csv" or ".md" or ".log" && IsText(content) ? new("text/plain; charset=utf-8") : new(Bytes);
    }

    /// <summary>Null when the content is what the name promises, else what it should have been.</summary>
    public static string? BrokenPromise(ReadOnlySpan<byte> content, string name) =>
        Promised.TryGetValue(Path.GetExtension(name), out var promised) && Of(content, name).MediaType != promised ? promised : null;

    private static bool IsProgram(ReadOnlySpan<byte> content) =>
        content.StartsWith("MZ"u8) || content.StartsWith("\u007FELF"u8) || content.StartsWith("#!"u8)
        || (content.Length >= 4 && (content[..4].SequenceEqual((ReadOnlySpan<byte>)[0xCF, 0xFA, 0xED, 0xFE]) || content[..4].SequenceEqual((ReadOnlySpan<byte>)[0xCA, 0xFE, 0xBA, 0xBE])));

    private static bool IsText(ReadOnlySpan<byte> content)
    {
        try
        {
            return !new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).Contains('\0', StringComparison.Ordinal);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
