using System.Text;

namespace AutomationCrm.Expressions.Functions;

/// <summary>Texts counted in characters (code points), never cut inside one.</summary>
internal static class Characters
{
    public static int Count(ReadOnlySpan<char> text)
    {
        var pairs = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1])) pairs++;
        }

        return text.Length - pairs;
    }

    /// <summary>Where the character with this number begins; the end when there are fewer.</summary>
    public static int IndexOf(string text, int number)
    {
        var index = 0;
        for (; number > 0 && index < text.Length; number--)
            index += char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
        return index;
    }

    /// <summary>From and length as in PHP: negative ones count from the end.</summary>
    public static ReadOnlySpan<char> Part(string text, int from, int? length)
    {
        var count = Count(text);
        var start = from < 0 ? Math.Max(0, count + from) : Math.Min(from, count);
        var end = length switch
        {
            null => count,
            < 0 => count + length.Value,
            _ => (int)Math.Min(count, (long)start + length.Value),
        };
        return end <= start ? default : text.AsSpan(IndexOf(text, start)..IndexOf(text, end));
    }

    public static string Capitalize(string text, bool everyWord)
    {
        var result = new StringBuilder(text.Length);
        var atStart = true;
        Span<char> characters = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = (atStart ? Rune.ToUpperInvariant(rune) : rune).EncodeToUtf16(characters);
            result.Append(characters[..length]);
            atStart = everyWord && Rune.IsWhiteSpace(rune);
        }

        return result.ToString();
    }
}
