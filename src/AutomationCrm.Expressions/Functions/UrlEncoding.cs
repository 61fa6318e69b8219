using System.Globalization;
using System.Text;

namespace AutomationCrm.Expressions.Functions;

/// <summary>Form encoding as PHP's urlencode: a space is a plus, only letters, digits and - _ . stay.</summary>
internal static class UrlEncoding
{
    public static long LengthOf(string text)
    {
        long length = 0;
        foreach (var rune in text.EnumerateRunes()) length += Stays(rune) || rune.Value == ' ' ? 1 : 3 * rune.Utf8SequenceLength;
        return length;
    }

    public static string Encode(string text)
    {
        var result = new StringBuilder(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (Stays(rune)) result.Append((char)rune.Value);
            else if (rune.Value == ' ') result.Append('+');
            else
            {
                foreach (var b in bytes[..rune.EncodeToUtf8(bytes)]) result.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return result.ToString();
    }

    private static bool Stays(Rune rune) => rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '-' or '_' or '.');
}
