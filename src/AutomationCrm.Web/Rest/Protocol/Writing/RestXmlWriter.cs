using System.Text;
using System.Xml;
using AutomationCrm.Web.Rest.Protocol.Tree;

namespace AutomationCrm.Web.Rest.Protocol.Writing;

/// <summary>Writes a tree as XML for calls with the suffix .xml: keys are elements, list entries are item elements.</summary>
internal static class RestXmlWriter
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = true };

    public static ReadOnlyMemory<byte> Write(RestMap envelope)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement("response");
            WriteEntries(xml, envelope);
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void WriteEntries(XmlWriter xml, RestValue value)
    {
        foreach (var (key, child) in value.Entries)
        {
            WriteStart(xml, key);
            if (child.IsContainer) WriteEntries(xml, child);
            else xml.WriteString(Printable(child.Text ?? ""));
            xml.WriteEndElement();
        }
    }

    private static void WriteStart(XmlWriter xml, string key)
    {
        if (RestKeys.TryIndex(key, out _))
        {
            xml.WriteStartElement("item");
        }
        else if (IsName(key))
        {
            xml.WriteStartElement(key);
        }
        else
        {
            xml.WriteStartElement("item");
            xml.WriteAttributeString("key", Printable(key));
        }
    }

    private static bool IsName(string key) => key.Length > 0 && !key.Contains(':', StringComparison.Ordinal) && XmlReader.IsName(key);

    private static string Printable(string text) =>
        text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.Where((c, i) => XmlConvert.IsXmlChar(c) || IsPairPart(text, i)));

    private static bool IsPairPart(string text, int i) =>
        (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) || (i > 0 && char.IsSurrogatePair(text[i - 1], text[i]));
}
