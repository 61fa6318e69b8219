using System.Xml;

namespace AutomationCrm.Bpmn.Markup;

/// <summary>Turns the reader's events into a tree, counting against the limits.</summary>
internal sealed class MarkupTreeBuilder(XmlReader reader, XmlLimits limits)
{
    private readonly Stack<MarkupElement> open = new();
    private readonly List<MarkupComment> before = [];
    private readonly List<MarkupComment> after = [];
    private int elements;
    private int attributes;
    private MarkupElement? root;

    public MarkupElement Build()
    {
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Begin();
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    Keep(new MarkupText(reader.Value, isCData: false));
                    break;
                case XmlNodeType.CDATA:
                    Keep(new MarkupText(reader.Value, isCData: true));
                    break;
                case XmlNodeType.Comment:
                    Keep(new MarkupComment(reader.Value));
                    if (open.Count == 0) (root is null ? before : after).Add(new(reader.Value));
                    break;
            }
        }

        if (root is null) throw new BpmnFormatException("The file has no root element.");
        root.Surround(before, after);
        return root;
    }

    private void Keep(MarkupItem item)
    {
        if (open.TryPeek(out var parent)) parent.Add(item);
    }

    private void Begin()
    {
        if (++elements > limits.Elements) throw new BpmnFormatException($"The file has more than {limits.Elements} elements.");
        if (open.Count >= limits.Depth) throw new BpmnFormatException($"The file is nested deeper than {limits.Depth} levels at <{reader.LocalName}>.");

        var element = new MarkupElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
        var isEmpty = reader.IsEmptyElement;
        ReadAttributes(element);
        Keep(element);
        root ??= element;
        if (!isEmpty) open.Push(element);
    }

    private void ReadAttributes(MarkupElement element)
    {
        if (!reader.MoveToFirstAttribute()) return;
        do
        {
            if (++attributes > limits.Attributes) throw new BpmnFormatException($"The file has more than {limits.Attributes} attributes.");
            element.Set(new MarkupAttribute(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value));
        }
        while (reader.MoveToNextAttribute());
        reader.MoveToElement();
    }
}
