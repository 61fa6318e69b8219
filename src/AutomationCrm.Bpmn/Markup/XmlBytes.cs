using System.Text;

namespace AutomationCrm.Bpmn.Markup;

/// <summary>Finds out how the bytes of an XML file are to be read: byte order mark, declaration, else UTF-8; text that lies about being UTF-8 is read as Windows-1252.</summary>
internal static class XmlBytes
{
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) return Encoding.UTF8.GetString(bytes[3..]);
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        var name = DeclaredName(bytes);
        if (name is not null && !name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase))
            return Named(name).GetString(bytes);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Named("windows-1252").GetString(bytes);
    }

    private static string? DeclaredName(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 256)]);
        if (!head.StartsWith("<?xml", StringComparison.Ordinal)) return null;
        var end = head.IndexOf("?>", StringComparison.Ordinal);
        var at = head.IndexOf("encoding", StringComparison.Ordinal);
        if (at < 0 || at > end) return null;
        var open = head.IndexOfAny(['"', '\''], at);
        var close = open < 0 ? -1 : head.IndexOf(head[open], open + 1);
        return close < 0 ? null : head[(open + 1)..close];
    }

    private static Encoding Named(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException unknown)
        {
            throw new BpmnFormatException($"The encoding '{name}' is not known.", unknown);
        }
    }
}
