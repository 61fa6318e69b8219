namespace AutomationCrm.Bpmn.Markup;

/// <summary>
/// One XML element exactly as it was read: prefix, attributes and children in their order, foreign ones included.
/// The typed model is a view on this tree, so writing it again loses nothing.
/// </summary>
public sealed class MarkupElement(string prefix, string localName, string namespaceUri) : MarkupItem
{
    private static readonly List<MarkupAttribute> NoAttributes = [];
    private static readonly List<MarkupItem> NoItems = [];

    private List<MarkupAttribute>? attributes;
    private List<MarkupItem>? items;
    private List<MarkupComment>? before;
    private List<MarkupComment>? after;

    public string Prefix { get; } = prefix;

    public string LocalName { get; } = localName;

    public string NamespaceUri { get; } = namespaceUri;

    public IReadOnlyList<MarkupAttribute> Attributes => attributes ?? NoAttributes;

    public IReadOnlyList<MarkupItem> Items => items ?? NoItems;

    /// <summary>Comments of the file before its root element; empty for every other element.</summary>
    public IReadOnlyList<MarkupComment> CommentsBefore => before ?? [];

    /// <summary>Comments of the file behind its root element; empty for every other element.</summary>
    public IReadOnlyList<MarkupComment> CommentsAfter => after ?? [];

    public string? Id => this["id"];

    public bool IsBpmn => NamespaceUri == BpmnNames.Model;

    /// <summary>The attribute without a namespace, or null.</summary>
    public string? this[string localName]
    {
        get
        {
            foreach (var attribute in Attributes)
                if (attribute.NamespaceUri.Length == 0 && attribute.LocalName == localName) return attribute.Value;
            return null;
        }
    }

    public MarkupElement Add(MarkupItem item)
    {
        (items ??= []).Add(item);
        return this;
    }

    public MarkupElement Set(MarkupAttribute attribute)
    {
        (attributes ??= []).Add(attribute);
        return this;
    }

    public MarkupElement Set(string localName, string value) => Set(new MarkupAttribute("", localName, "", value));

    internal void Surround(List<MarkupComment> commentsBefore, List<MarkupComment> commentsAfter) => (before, after) = (commentsBefore, commentsAfter);

    /// <summary>The value of the first attribute with this local name in a namespace that is not BPMN's own.</summary>
    public string? Foreign(string localName)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.LocalName == localName && attribute.NamespaceUri.Length > 0 && !BpmnNames.IsStandard(attribute.NamespaceUri))
                return attribute.Value;
        }

        return null;
    }

    public IEnumerable<MarkupElement> Elements()
    {
        foreach (var item in Items)
            if (item is MarkupElement element) yield return element;
    }

    public IEnumerable<MarkupElement> Elements(string localName)
    {
        foreach (var item in Items)
            if (item is MarkupElement { IsBpmn: true } element && element.LocalName == localName) yield return element;
    }

    public MarkupElement? Element(string localName)
    {
        foreach (var item in Items)
            if (item is MarkupElement { IsBpmn: true } element && element.LocalName == localName) return element;
        return null;
    }

    /// <summary>The text inside, children's text left out, trimmed.</summary>
    public string Text()
    {
        string? single = null;
        System.Text.StringBuilder? many = null;
        foreach (var item in Items)
        {
            if (item is not MarkupText text) continue;
            if (single is null) single = text.Text;
            else (many ??= new System.Text.StringBuilder(single)).Append(text.Text);
        }

        return (many?.ToString() ?? single ?? "").Trim();
    }

    /// <summary>This element and everything below it, document order, without recursion.</summary>
    public IEnumerable<MarkupElement> SelfAndDescendants()
    {
        var open = new Stack<MarkupElement>();
        open.Push(this);
        while (open.TryPop(out var element))
        {
            yield return element;
            for (var i = element.Items.Count - 1; i >= 0; i--)
                if (element.Items[i] is MarkupElement child) open.Push(child);
        }
    }
}
