using System.Text;
using System.Text.RegularExpressions;

namespace AutomationCrm.Browser.Tests.Texts;

/// <summary>
/// Finds words a .cshtml file would show without a resource: text between tags, and attributes that are read out.
/// A small walk over Razor's two modes: in markup every letter is visible, in code only what stands inside an element.
/// </summary>
internal sealed partial class RazorText
{
    private static readonly HashSet<string> Spoken = new(StringComparer.OrdinalIgnoreCase) { "title", "placeholder", "aria-label", "alt", "label", "hx-confirm", "data-confirm" };
    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase) { "input", "br", "hr", "img", "meta", "link", "icon", "avatar", "stage-dot", "stage-line", "partial" };
    private static readonly HashSet<string> Silent = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "code", "kbd" };

    private readonly string source;
    private readonly StringBuilder visible = new();
    private readonly List<string> attributes = [];
    private int at;

    private RazorText(string source) => this.source = source;

    public static IReadOnlyList<string> Find(string cshtml)
    {
        var walk = new RazorText(Directives().Replace(Comments().Replace(cshtml, ""), ""));
        walk.Markup(untilClosed: false);
        return [.. walk.visible.ToString().Split('\n').Concat(walk.attributes).Select(line => Entities().Replace(line, " ").Trim()).Where(line => Words().IsMatch(line))];
    }

    /// <summary>Markup until its first element is closed (inside code), or until the end of the file.</summary>
    private void Markup(bool untilClosed)
    {
        var depth = 0;
        while (at < source.Length)
        {
            if (source[at] == '@') depth += Expression();
            else if (source[at] == '<' && at + 1 < source.Length && (char.IsLetter(source[at + 1]) || source[at + 1] == '/' || source[at + 1] == '!')) depth += Tag();
            else visible.Append(source[at++]);
            if (untilClosed && depth == 0) return;
        }
    }

    private int Tag()
    {
        if (source[at + 1] is '/' or '!')
        {
            var end = source[at + 1] == '/' ? -1 : 0;
            at = source.IndexOf('>', at) + 1;
            visible.Append('\n');
            return end;
        }

        var name = TagName().Match(source, at + 1).Value;
        at += 1 + name.Length;
        while (source[at] != '>' && !(source[at] == '/' && source[at + 1] == '>')) Attribute();
        var closed = source[at] == '/' || Void.Contains(name);
        at += source[at] == '/' ? 2 : 1;
        visible.Append('\n');
        if (closed) return 0;
        if (!Silent.Contains(name)) return 1;
        at = source.IndexOf($"</{name}>", at, StringComparison.OrdinalIgnoreCase) + name.Length + 3;
        return 0;
    }

    private void Attribute()
    {
        if (char.IsWhiteSpace(source[at]))
        {
            at++;
            return;
        }

        if (source[at] == '@')
        {
            Expression();
            return;
        }

        var name = AttributeName().Match(source, at).Value;
        at += Math.Max(1, name.Length);
        if (at >= source.Length || source[at] != '=') return;
        at++;
        var quote = source[at++];
        var value = new StringBuilder();
        while (source[at] != quote)
        {
            if (source[at] == '@') Expression();
            else value.Append(source[at++]);
        }

        at++;
        if (Spoken.Contains(name)) attributes.Add(value.ToString());
    }

    /// <summary>An @-expression, block or statement. What a statement's block shows is read as markup.</summary>
    private int Expression()
    {
        at++;
        var word = AttributeName().Match(source, at).Value;
        if (source[at] == '@') at++;
        else if (source[at] is '{') Code();
        else if (source[at] is '(') Balanced();
        else if (word is "if" or "foreach" or "for" or "while" or "switch" or "section") Statement();
        else
        {
            if (word == "await") at = source.IndexOf(' ', at) + 1;
            at += Path().Match(source, at).Length;
            while (at < source.Length && source[at] is '(' or '[') Tail();
        }

        return 0;
    }

    private void Tail()
    {
        Balanced();
        if (at < source.Length && MemberPath().Match(source, at) is { Success: true, Length: > 1 } member && member.Index == at) at += member.Length;
    }

    private void Statement()
    {
        while (true)
        {
            while (source[at] != '{')
            {
                if (source[at] == '(') Balanced();
                else at++;
            }

            Code();
            var more = Else().Match(source, at);
            if (!more.Success || more.Index != at) return;
            at += more.Length;
        }
    }

    private void Code()
    {
        at++;
        while (source[at] != '}')
        {
            if (source[at] == '{') Code();
            else if (source[at] == '(') Balanced();
            else if (source[at] is '"' or '\'') Quoted();
            else if (source[at] == '<' && char.IsLetter(source[at + 1])) Markup(untilClosed: true);
            else at++;
        }

        at++;
    }

    private void Balanced()
    {
        var (open, close) = source[at] == '(' ? ('(', ')') : ('[', ']');
        at++;
        while (source[at] != close)
        {
            if (source[at] == open) Balanced();
            else if (source[at] is '"') Quoted();
            else at++;
        }

        at++;
    }

    private void Quoted()
    {
        var quote = source[at++];
        while (source[at] != quote) at += source[at] == '\\' ? 2 : 1;
        at++;
    }

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline, 2000)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^@(page|model|using|inject|namespace|addTagHelper|removeTagHelper|layout)\b.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Directives();

    [GeneratedRegex(@"&#?\w+;", RegexOptions.None, 2000)]
    private static partial Regex Entities();

    [GeneratedRegex(@"\p{L}{2,}", RegexOptions.None, 2000)]
    private static partial Regex Words();

    [GeneratedRegex(@"\G[\w-]+", RegexOptions.None, 2000)]
    private static partial Regex TagName();

    [GeneratedRegex(@"\G[\w:.-]+", RegexOptions.None, 2000)]
    private static partial Regex AttributeName();

    [GeneratedRegex(@"\G\w+(\??\.\w+)*", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Path();

    [GeneratedRegex(@"\G(\??\.\w+)+", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex MemberPath();

    [GeneratedRegex(@"\G\s*else(\s+if)?\b", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Else();
}
