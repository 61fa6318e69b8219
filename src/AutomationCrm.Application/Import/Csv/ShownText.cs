using System.Text;

namespace AutomationCrm.Application.Import.Csv;

/// <summary>Text of a file as messages and reports show it: storable, of one line, not too long.</summary>
internal static class ShownText
{
    public static string Of(string text, int most)
    {
        if (text.Length <= most && !text.Any(char.IsControl)) return text;

        var shown = new StringBuilder(Math.Min(text.Length, most) + 1);
        foreach (var letter in text)
        {
            if (shown.Length == most)
            {
                if (char.IsHighSurrogate(shown[^1])) shown.Length--;
                return shown.Append('…').ToString();
            }

            // The pictures of control characters: they are shown, and PostgreSQL's text has no NUL.
            shown.Append(letter < ' ' ? (char)('\u2400' + letter) : char.IsControl(letter) ? '\u2426' : letter);
        }

        return shown.ToString();
    }
}
