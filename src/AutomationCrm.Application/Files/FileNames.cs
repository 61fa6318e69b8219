using System.Globalization;
using System.Text;

namespace AutomationCrm.Application.Files;

/// <summary>Names of files as people gave them, made harmless: no path, no control or direction characters, at most 200 characters.</summary>
public static class FileNames
{
    public const int MaxLength = 200;

    public static string Clean(string? name)
    {
        var last = (name ?? "").Replace('\\', '/');
        last = last[(last.LastIndexOf('/') + 1)..];
        var kept = new StringBuilder(last.Length);
        foreach (var rune in last.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            // Format characters turn names around in the eyes of the reader.
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) continue;
            kept.Append(rune.Value is '"' or '<' or '>' or ':' or '|' or '?' or '*' ? "_" : rune.ToString());
        }

        var text = kept.ToString().Trim(' ', '.');
        return text.Length == 0 ? "file" : Shorten(text);
    }

    private static string Shorten(string name)
    {
        if (name.Length <= MaxLength) return name;

        var extension = Path.GetExtension(name);
        if (extension.Length > 10) extension = "";
        var end = MaxLength - extension.Length;
        return string.Concat(name.AsSpan(0, char.IsHighSurrogate(name[end - 1]) ? end - 1 : end), extension);
    }
}
