using System.Xml;

namespace AutomationCrm.Bpmn.Markup;

/// <summary>The one way XML comes in: no DTD, no resolver, limits on size, depth and counts; anything else is a <see cref="BpmnFormatException"/>.</summary>
public static class SafeXml
{
    public static MarkupElement Read(Stream stream, XmlLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= XmlLimits.Default;
        return Read(XmlBytes.Decode(ReadBytes(stream, limits)), limits);
    }

    public static MarkupElement Read(string xml, XmlLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(xml);
        limits ??= XmlLimits.Default;
        if (xml.Length > limits.Characters) throw TooLarge(limits);
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), Settings(limits));
            return new MarkupTreeBuilder(reader, limits).Build();
        }
        catch (XmlException broken)
        {
            throw new BpmnFormatException($"The file is not acceptable XML (line {broken.LineNumber}): {broken.Message}", broken);
        }
    }

    private static ReadOnlySpan<byte> ReadBytes(Stream stream, XmlLimits limits)
    {
        var most = limits.Characters * 4;
        if (stream.CanSeek && stream.Length - stream.Position > most) throw TooLarge(limits);
        using var buffer = new MemoryStream();
        var block = new byte[81920];
        for (int read; (read = stream.Read(block, 0, block.Length)) > 0;)
        {
            buffer.Write(block, 0, read);
            if (buffer.Length > most) throw TooLarge(limits);
        }

        return buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
    }

    private static BpmnFormatException TooLarge(XmlLimits limits) => new($"The file is larger than {limits.Characters} characters.");

    private static XmlReaderSettings Settings(XmlLimits limits) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = limits.Characters,
        MaxCharactersFromEntities = 1024,
        IgnoreProcessingInstructions = true,
        CloseInput = false,
    };
}
