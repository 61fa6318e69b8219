using System.Xml;

namespace AutomationCrm.Bpmn.Markup;

/// <summary>The one way XML comes in: no DTD, no resolver, limits on size, depth and counts; anything else is a <see cref="BpmnFormatException"/>.</summary>
public static class SafeXml
{
    public static MarkupElement Read(Stream stream, XmlLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= XmlLimits.Default;
        if (stream.CanSeek && stream.Length - stream.Position > limits.Characters * 4)
            throw new BpmnFormatException($"The file is larger than {limits.Characters} characters.");
        return Guarded(() => XmlReader.Create(stream, Settings(limits)), limits);
    }

    public static MarkupElement Read(string xml, XmlLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(xml);
        limits ??= XmlLimits.Default;
        if (xml.Length > limits.Characters) throw new BpmnFormatException($"The file is larger than {limits.Characters} characters.");
        return Guarded(() => XmlReader.Create(new StringReader(xml), Settings(limits)), limits);
    }

    private static XmlReaderSettings Settings(XmlLimits limits) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = limits.Characters,
        MaxCharactersFromEntities = 1024,
        IgnoreProcessingInstructions = true,
        CloseInput = false,
    };

    private static MarkupElement Guarded(Func<XmlReader> open, XmlLimits limits)
    {
        try
        {
            using var reader = open();
            return new MarkupTreeBuilder(reader, limits).Build();
        }
        catch (XmlException broken)
        {
            throw new BpmnFormatException($"The file is not acceptable XML (line {broken.LineNumber}): {broken.Message}", broken);
        }
        catch (Exception broken) when (broken is ArgumentException or NotSupportedException or System.Text.DecoderFallbackException)
        {
            throw new BpmnFormatException($"The file cannot be decoded: {broken.Message}", broken);
        }
    }
}
