using System.Net;
using System.Text;
using System.Xml.Linq;

namespace AutomationCrm.Application.Documents.Html;

/// <summary>Writes a filled template as HTML that may neither run nor load anything, whatever stands in it.</summary>
internal static class HtmlWriter
{
    /// <summary>Stands for a line end inside a value; the template's own line ends mean nothing in HTML.</summary>
    public const char LineOfValue = '\u2028';

    private const string Policy = "<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">";

    public static string Write(XElement root)
    {
        var html = new StringBuilder("<!DOCTYPE html>");
        if (root.Name.LocalName == "html")
        {
            Write(html, root);
        }
        else
        {
            html.Append("<html><head>").Append(Policy).Append("</head><body>");
            Write(html, root);
            html.Append("</body></html>");
        }

        return html.ToString();
    }

    private static void Write(StringBuilder html, XElement element)
    {
        var name = element.Name.LocalName;
        if (name == "html" && element.Element("head") is null)
        {
            Open(html, element);
            html.Append("<head>").Append(Policy).Append("</head>");
        }
        else
        {
            Open(html, element);
            if (name == "head") html.Append(Policy);
        }

        if (HtmlRules.Void.Contains(name)) return;
        foreach (var node in element.Nodes())
        {
            if (node is XElement child) Write(html, child);
            else if (node is XText text) html.Append(name == "style" ? text.Value : Encode(text.Value, name));
        }

        html.Append("</").Append(name).Append('>');
    }

    private static void Open(StringBuilder html, XElement element)
    {
        html.Append('<').Append(element.Name.LocalName);
        foreach (var attribute in element.Attributes()) html.Append(' ').Append(attribute.Name.LocalName).Append("=\"").Append(WebUtility.HtmlEncode(attribute.Value)).Append('"');
        html.Append('>');
    }

    private static string Encode(string text, string parent) =>
        parent is "pre" or "title" ? WebUtility.HtmlEncode(text.Replace(LineOfValue, '\n')) : string.Join("<br>", text.Split(LineOfValue).Select(WebUtility.HtmlEncode));
}
