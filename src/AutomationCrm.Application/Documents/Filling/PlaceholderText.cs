namespace AutomationCrm.Application.Documents.Filling;

/// <summary>A placeholder <c>{=…}</c> or a formula <c>{{= … }}</c> inside a longer text.</summary>
public readonly record struct PlaceholderText(int Start, int Length, string Text)
{
    public int End => Start + Length;

    /// <summary>All placeholders of a text in order. One that is not closed is taken to the end, so that it shows as a mistake and does not vanish.</summary>
    public static IReadOnlyList<PlaceholderText> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<PlaceholderText>();
        for (var i = 0; i < text.Length;)
        {
            var start = text.IndexOf('{', i);
            if (start < 0) break;

            var end = text.AsSpan(start).StartsWith("{{=") ? EndOfFormula(text, start + 3) : text.AsSpan(start).StartsWith("{=") ? EndOfPath(text, start + 2) : 0;
            if (end == 0)
            {
                i = start + 1;
                continue;
            }

            found.Add(new(start, end - start, PlainQuotes(text[start..end])));
            i = end;
        }

        return found;
    }

    private static int EndOfPath(string text, int from)
    {
        var close = text.IndexOf('}', from);
        return close < 0 ? text.Length : close + 1;
    }

    private static int EndOfFormula(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] is '"' or '\'' && text.IndexOf(text[i], i + 1) is > 0 and var quote) i = quote;
            else if (text.AsSpan(i).StartsWith("{=")) i = EndOfPath(text, i + 2) - 1;
            else if (text.AsSpan(i).StartsWith("}}")) return i + 2;
        }

        return text.Length;
    }

    // Word processors turn the quotes of a formula into typographic ones while one types.
    private static string PlainQuotes(string text) =>
        text.StartsWith("{{", StringComparison.Ordinal) ? text.Replace('“', '"').Replace('”', '"').Replace('„', '"').Replace('‘', '\'').Replace('’', '\'') : text;
}
