using System.Xml;

namespace AutomationCrm.Infrastructure.Documents.Docx;

/// <summary>
/// What a template may consist of (attack list A5): the parts of an ordinary text document. Macros, embedded objects, references to other
/// files or servers, and fields that run or load something are refused with a sentence that names them.
/// </summary>
internal static class DocxGate
{
    private const string ContentTypes = "[Content_Types].xml";
    private const string MainType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    private const int Deepest = 128;
    private const int MostNodes = 2_000_000;

    private static readonly string[] Types =
    [
        MainType,
        "application/vnd.openxmlformats-package.relationships+xml", "application/vnd.openxmlformats-package.core-properties+xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml", "application/vnd.openxmlformats-officedocument.theme+xml",
        "application/vnd.openxmlformats-officedocument.themeOverride+xml", "application/vnd.ms-office.classificationlabels+xml",
        "application/vnd.ms-word.stylesWithEffects+xml", "application/xml", "text/xml", "image/png", "image/jpeg", "image/jpg", "image/gif",
    ];

    private const string WordParts = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    private static readonly string[] Relations = ["oleObject", "package", "control", "vbaProject", "frame", "subDocument", "aFChunk", "attachedTemplate", "mailMergeSource", "externalLink", "video", "audio", "wordVbaData", "activeXControlBinary", "keyMapCustomizations", "attachedToolbars"];
    private static readonly string[] Elements = ["altChunk", "OLEObject", "object", "control", "subDoc", "movie", "dataSource", "attachedTemplate", "script", "oleObj"];

    public static void Check(byte[] file)
    {
        var parts = ZipGate.Read(file);
        var types = parts.FirstOrDefault(p => p.Name == ContentTypes) ?? throw ZipGate.Refused("docx.broken", "it is not a .docx file.");
        CheckTypes(types.Content);
        foreach (var part in parts)
        {
            CheckName(part.Name);
            if (IsXml(part.Name)) CheckXml(part);
        }
    }

    private static bool IsXml(string name) => name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    private static void CheckName(string name)
    {
        if (name.Contains("vbaProject", StringComparison.OrdinalIgnoreCase) || name.Contains("vbaData", StringComparison.OrdinalIgnoreCase)) throw ZipGate.Refused("docx.macro", "it holds macros.");
        if (name.Contains("embeddings/", StringComparison.OrdinalIgnoreCase) || name.Contains("activeX", StringComparison.OrdinalIgnoreCase)) throw ZipGate.Refused("docx.object", "it holds an embedded object.");
        if (!IsXml(name) && Path.GetExtension(name).ToLowerInvariant() is not (".png" or ".jpg" or ".jpeg" or ".gif"))
            throw ZipGate.Refused("docx.part", $"the part \"{name}\" is neither text nor a picture (PNG, JPEG, GIF).");
    }

    private static void CheckTypes(byte[] content)
    {
        var main = false;
        Walk(content, ContentTypes, reader =>
        {
            if (reader.NodeType != XmlNodeType.Element || reader.GetAttribute("ContentType") is not { } type) return;
            if (type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || type.Contains("vba", StringComparison.OrdinalIgnoreCase)) throw ZipGate.Refused("docx.macro", "it holds macros.");
            if (type.Contains("oleObject", StringComparison.OrdinalIgnoreCase) || type.Contains("activeX", StringComparison.OrdinalIgnoreCase) || type.Contains("package", StringComparison.OrdinalIgnoreCase) && !Types.Contains(type))
                throw ZipGate.Refused("docx.object", "it holds an embedded object.");
            main |= type == MainType;
            // Defaults for files that are not there are harmless; what is there is checked by its name.
            if (reader.LocalName == "Override" && !IsAllowed(type)) throw ZipGate.Refused("docx.part", $"it holds a part of the kind {Short(type)}.");
        });
        if (!main) throw ZipGate.Refused("docx.broken", "it is not a Word document (.docx).");
    }

    private static bool IsAllowed(string type) =>
        Types.Contains(type) || (type.StartsWith(WordParts, StringComparison.Ordinal) && type.EndsWith("+xml", StringComparison.Ordinal) && !type.Contains("template", StringComparison.OrdinalIgnoreCase));

    private static void CheckXml(ZipPart part)
    {
        var fields = new DocxFields();
        Walk(part.Content, part.Name, reader =>
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (reader.LocalName == "Relationship") CheckRelation(reader);
                else if (Elements.Contains(reader.LocalName, StringComparer.Ordinal)) throw ZipGate.Refused("docx.object", $"it holds <{reader.LocalName}>, an object or another file.");
                fields.Begin(reader);
            }
            else
            {
                fields.Read(reader);
            }
        });
    }

    private static void CheckRelation(XmlReader reader)
    {
        var (type, target) = (reader.GetAttribute("Type") ?? "", reader.GetAttribute("Target") ?? "");
        var kind = type[(type.LastIndexOf('/') + 1)..];
        if (Relations.Contains(kind, StringComparer.OrdinalIgnoreCase)) throw ZipGate.Refused(kind.Contains("vba", StringComparison.OrdinalIgnoreCase) ? "docx.macro" : "docx.object", $"it refers to another file ({Short(kind)}).");
        var external = !string.Equals(reader.GetAttribute("TargetMode") ?? "Internal", "Internal", StringComparison.OrdinalIgnoreCase);
        if (external && !(kind == "hyperlink" && DocxFields.IsPlainLink(target))) throw ZipGate.Refused("docx.external", $"it refers to something outside ({Short(kind)}: {Short(target)}).");
        if (!external && (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("//", StringComparison.Ordinal) || target.Contains('\\', StringComparison.Ordinal)))
            throw ZipGate.Refused("docx.external", $"it refers to something outside ({Short(target)}).");
    }

    private static void Walk(byte[] content, string name, Action<XmlReader> look)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(content, writable: false), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = false });
            for (var nodes = 0; reader.Read();)
            {
                if (reader.Depth > Deepest) throw ZipGate.Refused("docx.xml", $"\"{name}\" is nested deeper than {Deepest} elements.");
                if (++nodes > MostNodes) throw ZipGate.Refused("docx.xml", $"\"{name}\" has too many elements.");
                look(reader);
            }
        }
        catch (XmlException broken)
        {
            throw ZipGate.Refused("docx.xml", $"\"{name}\" is not acceptable XML ({broken.Message})");
        }
    }

    private static string Short(string text) => text.Length <= 100 ? text : string.Concat(text.AsSpan(0, 100), "…");
}
