using System.Text;

namespace AutomationCrm.Application.Messages.Mail;

/// <summary>
/// A small Markdown of our own for mails: paragraphs, headings (#), lists (-), **bold**, *italic*, [text](address) and bare addresses.
/// Everything else is text; there is no way to write HTML.
/// </summary>
public static class MailMarkup
{
    private const string Specials = "\\*[]()#-_`<>";

    /// <summary>Writes a value so that none of its characters means anything.</summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length + 16);
        foreach (var c in value)
        {
            if (Specials.Contains(c, StringComparison.Ordinal)) text.Append('\\');
            text.Append(c);
        }

        return text.ToString();
    }

    /// <param name="markup">Whether the marks mean something; otherwise all of it is plain text.</param>
    /// <param name="link">Says where a link really leads; links it answers null for are text.</param>
    /// <returns>The body of an HTML page, and the same as plain text with the links behind their texts.</returns>
    public static (string Html, string Text) Render(string source, bool markup, Func<string, string?> link)
    {
        var (html, text) = (new StringBuilder(), new StringBuilder());
        var inList = false;
        foreach (var block in Blocks(source, markup))
        {
            if (inList && block.Kind != "li") html.Append("</ul>\n");
            if (!inList && block.Kind == "li") html.Append("<ul>\n");
            inList = block.Kind == "li";
            html.Append('<').Append(block.Kind).Append('>');
            if (text.Length > 0) text.Append(inList ? "\n" : "\n\n");
            if (inList) text.Append("- ");
            Inline(block.Text, markup, link, html, text);
            html.Append("</").Append(block.Kind).Append(">\n");
        }

        if (inList) html.Append("</ul>\n");
        return (html.ToString(), text.ToString());
    }

    private static IEnumerable<(string Kind, string Text)> Blocks(string source, bool markup)
    {
        var paragraph = new List<string>();
        foreach (var raw in source.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = raw.TrimEnd();
            var kind = !markup ? null : line.StartsWith("- ", StringComparison.Ordinal) ? "li" : line.StartsWith("## ", StringComparison.Ordinal) ? "h3" : line.StartsWith("# ", StringComparison.Ordinal) ? "h2" : null;
            if (kind is null && line.Length > 0)
            {
                paragraph.Add(line);
                continue;
            }

            if (paragraph.Count > 0) yield return ("p", string.Join('\n', paragraph));
            paragraph.Clear();
            if (kind is not null) yield return (kind, line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim());
        }

        if (paragraph.Count > 0) yield return ("p", string.Join('\n', paragraph));
    }

    private static void Inline(string line, bool markup, Func<string, string?> link, StringBuilder html, StringBuilder text)
    {
        var (bold, italic) = (false, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (markup && line[i] == '\\' && i + 1 < line.Length && Specials.Contains(line[i + 1], StringComparison.Ordinal)) Put(line[++i], html, text);
            else if (markup && line.AsSpan(i).StartsWith("**"))
            {
                if (bold || Opens(line, i, "**")) bold = Turn("strong", bold, html);
                else Put("**", html, text);
                i++;
            }
            else if (markup && line[i] == '*' && (italic || Opens(line, i, "*")))
            {
                italic = Turn("em", italic, html);
            }
            else if (markup && line[i] == '[' && NamedLink(line, i) is { } named && link(named.Url) is { } target)
            {
                Anchor(named.Label, target, html, text);
                i = named.End;
            }
            else if (StartsAddress(line, i) && BareLink(line, i, markup) is var (url, end) && link(url) is { } leads)
            {
                Anchor(null, leads, html, text, url);
                i = end;
            }
            else
            {
                Put(line[i], html, text);
            }
        }

        if (italic) html.Append("</em>");
        if (bold) html.Append("</strong>");
    }

    /// <summary>A mark begins something when text follows it at once and it comes again behind text.</summary>
    private static bool Opens(string line, int at, string mark)
    {
        var from = at + mark.Length;
        if (from >= line.Length || char.IsWhiteSpace(line[from])) return false;
        for (var end = line.IndexOf(mark, from, StringComparison.Ordinal); end >= 0; end = line.IndexOf(mark, end + 1, StringComparison.Ordinal))
            if (end > from && !char.IsWhiteSpace(line[end - 1]) && line[end - 1] != '\\') return true;
        return false;
    }

    private static bool Turn(string tag, bool isOpen, StringBuilder html)
    {
        html.Append(isOpen ? "</" : "<").Append(tag).Append('>');
        return !isOpen;
    }

    private static void Put(string plain, StringBuilder html, StringBuilder text)
    {
        foreach (var c in plain) Put(c, html, text);
    }

    private static void Put(char c, StringBuilder html, StringBuilder text)
    {
        html.Append(c == '\n' ? "<br>\n" : HtmlOf(c.ToString()));
        text.Append(c);
    }

    private static void Anchor(string? label, string target, StringBuilder html, StringBuilder text, string? shown = null)
    {
        html.Append("<a href=\"").Append(HtmlOf(target)).Append("\">").Append(HtmlOf(label ?? shown!)).Append("</a>");
        text.Append(label is null || label == target ? target : $"{label} ({target})");
    }

    private static (string Label, string Url, int End)? NamedLink(string line, int at)
    {
        var close = Find(line, ']', at + 1);
        if (close < 0 || close + 1 >= line.Length || line[close + 1] != '(') return null;
        var end = Find(line, ')', close + 2);
        return end < 0 ? null : (Unescape(line[(at + 1)..close]), Unescape(line[(close + 2)..end]).Trim(), end);
    }

    private static int Find(string line, char wanted, int from)
    {
        for (var i = from; i < line.Length; i++)
        {
            if (line[i] == '\\') i++;
            else if (line[i] == wanted) return i;
        }

        return -1;
    }

    private static bool StartsAddress(string line, int at) =>
        line[at] is 'h' or 'H' && (at == 0 || !char.IsLetterOrDigit(line[at - 1]))
        && (line.AsSpan(at).StartsWith("https://", StringComparison.OrdinalIgnoreCase) || line.AsSpan(at).StartsWith("http://", StringComparison.OrdinalIgnoreCase));

    private static (string Url, int End) BareLink(string line, int at, bool markup)
    {
        var end = at;
        while (end < line.Length && !char.IsWhiteSpace(line[end]) && line[end] is not ('<' or '>' or '"')) end++;
        while (end > at && line[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or ')' or '\\' or '*') end--;
        return (markup ? Unescape(line[at..end]) : line[at..end], end - 1);
    }

    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && Specials.Contains(text[i + 1], StringComparison.Ordinal)) i++;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }

    // Surrogates come one by one: only the five characters of HTML are encoded, everything else stays as it is.
    private static string HtmlOf(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);
}
