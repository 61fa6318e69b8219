using AutomationCrm.Domain.Common;

namespace AutomationCrm.Application.Documents.Html;

/// <summary>What an HTML template may consist of: text, tables, lists, own style, pictures inside the file. Nothing that runs, loads or leads elsewhere.</summary>
internal static class HtmlRules
{
    private static readonly HashSet<string> Elements =
    [
        "html", "head", "title", "style", "body", "header", "footer", "main", "section", "article", "div", "span", "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6",
        "strong", "b", "em", "i", "u", "s", "small", "sub", "sup", "mark", "blockquote", "pre", "code", "ul", "ol", "li", "dl", "dt", "dd",
        "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "img", "figure", "figcaption", "address", "time",
    ];

    private static readonly HashSet<string> Attributes = ["class", "id", "style", "lang", "dir", "title", "alt", "src", "width", "height", "colspan", "rowspan", "scope", "span", "start", "type", "datetime"];

    private static readonly string[] Pictures = ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,"];

    /// <summary>Elements that HTML writes without an end.</summary>
    public static readonly HashSet<string> Void = ["br", "hr", "img", "col"];

    public static void CheckElement(string name, bool foreign)
    {
        if (foreign || !Elements.Contains(name)) throw Refused($"the element <{name}> is not allowed in a template.");
    }

    public static void CheckAttribute(string element, string name, string value)
    {
        if (!Attributes.Contains(name)) throw Refused($"the attribute {name} of <{element}> is not allowed in a template.");
        if (name == "src" && (element != "img" || !Pictures.Any(p => value.StartsWith(p, StringComparison.Ordinal)))) throw Refused($"<{element}> loads something from outside; put the picture into the file as data:image/png;base64,….");
        if (name == "style") CheckStyle(value);
        if (value.Contains("{=", StringComparison.Ordinal)) throw Refused($"the attribute {name} of <{element}> holds a placeholder; placeholders stand in text only.");
    }

    /// <summary>Own style that neither loads nor hides what it does behind escapes.</summary>
    public static void CheckStyle(string css)
    {
        foreach (var word in (ReadOnlySpan<string>)["url(", "@import", "expression(", "image-set(", "image(", "src(", "\\", "<", "javascript:", "-moz-binding", "behavior:"])
            if (css.Contains(word, StringComparison.OrdinalIgnoreCase)) throw Refused($"the style holds \"{word}\", which is not allowed in a template.");
        if (css.Contains("{=", StringComparison.Ordinal)) throw Refused("the style holds a placeholder; placeholders stand in text only.");
    }

    public static RuleBrokenException Refused(string reason) => new("template.html", $"The template is refused: {reason}", "file");
}
