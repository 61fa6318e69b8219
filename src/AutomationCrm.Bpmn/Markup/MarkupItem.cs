namespace AutomationCrm.Bpmn.Markup;

/// <summary>Something that stands inside an XML element.</summary>
public abstract class MarkupItem
{
    private protected MarkupItem()
    {
    }
}

/// <summary>Text; <paramref name="isCData"/> keeps the way it was written.</summary>
public sealed class MarkupText(string text, bool isCData) : MarkupItem
{
    public string Text { get; } = text;

    public bool IsCData { get; } = isCData;
}

public sealed class MarkupComment(string text) : MarkupItem
{
    public string Text { get; } = text;
}

/// <summary>One attribute, namespace declarations included.</summary>
public sealed record MarkupAttribute(string Prefix, string LocalName, string NamespaceUri, string Value);
