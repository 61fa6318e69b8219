using System.Text;
using System.Xml;

namespace AutomationCrm.Bpmn.Markup;

/// <summary>Writes a file as UTF-8 XML with the prefixes, order, comments and foreign content it was read with.</summary>
public static class BpmnWriter
{
    public static string Write(BpmnFile file)
    {
        using var buffer = new MemoryStream();
        Write(file, buffer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static void Write(BpmnFile file, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var writer = XmlWriter.Create(stream, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            NewLineHandling = NewLineHandling.Entitize,
            CloseOutput = false,
        });
        writer.WriteStartDocument();
        foreach (var comment in file.Root.CommentsBefore) writer.WriteComment(comment.Text);
        WriteTree(writer, file.Root);
        foreach (var comment in file.Root.CommentsAfter) writer.WriteComment(comment.Text);
        writer.WriteEndDocument();
    }

    // The depth is bounded by XmlLimits, yet a stack of our own keeps built trees safe as well.
    private static void WriteTree(XmlWriter writer, MarkupElement root)
    {
        var open = new Stack<(MarkupElement Element, int Next)>();
        Begin(writer, root);
        open.Push((root, 0));
        while (open.TryPop(out var top))
        {
            if (top.Next == top.Element.Items.Count)
            {
                writer.WriteEndElement();
                continue;
            }

            open.Push((top.Element, top.Next + 1));
            switch (top.Element.Items[top.Next])
            {
                case MarkupElement child:
                    Begin(writer, child);
                    open.Push((child, 0));
                    break;
                case MarkupText { IsCData: true } text:
                    writer.WriteCData(text.Text);
                    break;
                case MarkupText text:
                    writer.WriteString(text.Text);
                    break;
                case MarkupComment comment:
                    writer.WriteComment(comment.Text);
                    break;
            }
        }
    }

    private static void Begin(XmlWriter writer, MarkupElement element)
    {
        writer.WriteStartElement(element.Prefix, element.LocalName, element.NamespaceUri);
        foreach (var attribute in element.Attributes)
            writer.WriteAttributeString(attribute.Prefix, attribute.LocalName, attribute.NamespaceUri, attribute.Value);
    }
}
