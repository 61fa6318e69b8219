namespace AutomationCrm.Expressions.Editing;

internal enum CaretPlace
{
    Text,
    Formula,
    Quoted,
    Path,
    Modifier,
}

/// <summary>Where in a text the caret stands, found by one pass from the start; tolerates whatever is unfinished.</summary>
internal readonly record struct CaretContext(CaretPlace Place, int Start, bool InFormula)
{
    public static CaretContext Find(string text, int position)
    {
        var inFormula = text.StartsWith('=');
        var i = inFormula ? 1 : 0;
        var whole = inFormula;
        while (i < position)
        {
            var rest = text.AsSpan(i, position - i);
            if (!inFormula && rest.StartsWith("{{="))
            {
                inFormula = true;
                i += 3;
            }
            else if (rest.StartsWith("{="))
            {
                var end = rest.IndexOf('}');
                if (end < 0) return InPlaceholder(text, i, position, inFormula);
                i += end + 1;
            }
            else if (inFormula && rest[0] is '"' or '\'')
            {
                var end = rest[1..].IndexOf(rest[0]);
                if (end < 0) return new CaretContext(CaretPlace.Quoted, position, true);
                i += end + 2;
            }
            else if (inFormula && !whole && rest.StartsWith("}}"))
            {
                inFormula = false;
                i += 2;
            }
            else
            {
                i++;
            }
        }

        return inFormula ? new CaretContext(CaretPlace.Formula, WordStart(text, position), true) : new CaretContext(CaretPlace.Text, BraceStart(text, position), false);
    }

    private static CaretContext InPlaceholder(string text, int start, int position, bool inFormula)
    {
        var modifiers = text.IndexOf('>', start, position - start);
        return modifiers < 0
            ? new CaretContext(CaretPlace.Path, start, inFormula)
            : new CaretContext(CaretPlace.Modifier, WordStart(text, position), inFormula);
    }

    private static int WordStart(string text, int position)
    {
        var start = position;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or ':')) start--;
        return start;
    }

    private static int BraceStart(string text, int position)
    {
        var start = position;
        while (start > 0 && position - start < 2 && text[start - 1] == '{') start--;
        return start;
    }
}
