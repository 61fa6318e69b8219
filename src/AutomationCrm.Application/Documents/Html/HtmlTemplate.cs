using System.Text;
using System.Xml;
using System.Xml.Linq;
using AutomationCrm.Application.Documents.Filling;
using AutomationCrm.Application.Documents.Templates;

namespace AutomationCrm.Application.Documents.Html;

/// <summary>Templates in HTML, well-formed as XML: every value is encoded, a row (tr or li) with product placeholders stands once per product.</summary>
internal sealed class HtmlTemplate : ITemplateEngine
{
    private const int MostBytes = 2 * 1024 * 1024;
    private const int MostElements = 5_000;
    private const int Deepest = 64;

    public string Kind => DocumentTemplate.Html;

    public string MediaType => "text/html";

    public IReadOnlyList<string> Inspect(byte[] template)
    {
        var root = Read(template);
        foreach (var element in root.DescendantsAndSelf()) Check(element);
        return [.. root.DescendantNodes().OfType<XText>().SelectMany(t => PlaceholderText.Find(t.Value)).Select(p => p.Text)];
    }

    public byte[] Fill(byte[] template, PaperFiller filler)
    {
        var root = Read(template);
        var pictures = new HtmlPictures();
        foreach (var row in root.Descendants().Where(IsRepeated).ToList()) Repeat(row, filler, pictures);
        FillTexts(root, filler, pictures);
        pictures.Finish();
        return Encoding.UTF8.GetBytes(HtmlWriter.Write(root));
    }

    private static bool IsRepeated(XElement element) =>
        element.Name.LocalName is "tr" or "li"
        && !element.Descendants().Any(d => d.Name.LocalName is "tr" or "li")
        && element.DescendantNodes().OfType<XText>().SelectMany(t => PlaceholderText.Find(t.Value)).Any(p => PaperFiller.IsOfRow(p.Text));

    private static void Repeat(XElement row, PaperFiller filler, HtmlPictures pictures)
    {
        foreach (var one in filler.Rows)
        {
            var copy = new XElement(row);
            FillTexts(copy, one, pictures);
            row.AddBeforeSelf(copy);
        }

        row.Remove();
    }

    private static void FillTexts(XElement root, PaperFiller filler, HtmlPictures pictures)
    {
        foreach (var text in root.DescendantNodes().OfType<XText>().Where(t => t.Parent!.Name.LocalName != "style").ToList())
        {
            // Values that are filled in are never read for placeholders again.
            if (text.Annotation<FilledText>() is not null || PlaceholderText.Find(text.Value) is not { Count: > 0 } places) continue;

            var (nodes, filled, at) = (new List<XNode>(), new StringBuilder(), 0);
            foreach (var place in places)
            {
                filled.Append(text.Value, at, place.Start - at);
                at = place.End;
                if (filler.PictureOf(place.Text) is { } picture && text.Parent!.Name.LocalName != "title")
                {
                    nodes.Add(Filled(filled));
                    nodes.Add(pictures.Draw(picture));
                }
                else
                {
                    filled.Append(filler.Fill(place.Text).Replace('\n', HtmlWriter.LineOfValue));
                }
            }

            filled.Append(text.Value, at, text.Value.Length - at);
            nodes.Add(Filled(filled));
            text.ReplaceWith(nodes);
        }
    }

    private static XText Filled(StringBuilder text)
    {
        var node = new XText(text.ToString());
        node.AddAnnotation(FilledText.Mark);
        text.Clear();
        return node;
    }

    private static void Check(XElement element)
    {
        var name = element.Name.LocalName;
        HtmlRules.CheckElement(name, element.Name.Namespace != XNamespace.None);
        foreach (var attribute in element.Attributes()) HtmlRules.CheckAttribute(name, attribute.Name.ToString(), attribute.Value);
        if (name == "style") HtmlRules.CheckStyle(element.Value);
    }

    private static XElement Read(byte[] template)
    {
        if (template.Length > MostBytes) throw HtmlRules.Refused("it is larger than 2 MB.");
        try
        {
            var text = HtmlEntities.ToNumbers(WithoutDoctype(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(template)));
            CheckSize(text);
            using var reader = Open(text);
            return XElement.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (DecoderFallbackException)
        {
            throw HtmlRules.Refused("it is not UTF-8 text.");
        }
        catch (XmlException broken)
        {
            throw HtmlRules.Refused($"line {broken.LineNumber} is not well-formed ({broken.Message})");
        }
    }

    private static string WithoutDoctype(string text)
    {
        var trimmed = text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        const string Doctype = "<!doctype html>";
        return trimmed.StartsWith(Doctype, StringComparison.OrdinalIgnoreCase) ? trimmed[Doctype.Length..].TrimStart() : trimmed;
    }

    private static void CheckSize(string text)
    {
        using var reader = Open(text);
        for (var elements = 0; reader.Read();)
        {
            if (reader.Depth > Deepest) throw HtmlRules.Refused($"it is nested deeper than {Deepest} elements.");
            if (reader.NodeType == XmlNodeType.Element && ++elements > MostElements) throw HtmlRules.Refused($"it has more than {MostElements} elements.");
        }
    }

    private static XmlReader Open(string text) => XmlReader.Create(
        new StringReader(text),
        new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostBytes * 2, IgnoreComments = true, IgnoreProcessingInstructions = true });

    private sealed class FilledText
    {
        public static FilledText Mark { get; } = new();
    }
}
