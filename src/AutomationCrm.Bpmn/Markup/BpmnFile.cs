namespace AutomationCrm.Bpmn.Markup;

/// <summary>One BPMN 2.0 file: the tree, its processes, and what can be referred to by id.</summary>
public sealed class BpmnFile
{
    private readonly Dictionary<string, MarkupElement> byId = new(StringComparer.Ordinal);
    private readonly List<string> duplicates = [];

    private BpmnFile(MarkupElement root)
    {
        Root = root;
        foreach (var element in root.SelfAndDescendants())
        {
            if (element.IsBpmn && element.Id is { Length: > 0 } id && !byId.TryAdd(id, element)) duplicates.Add(id);
        }
    }

    public MarkupElement Root { get; }

    /// <summary>Ids that occur more than once.</summary>
    public IReadOnlyList<string> DuplicateIds => duplicates;

    public IEnumerable<MarkupElement> Processes => Root.Elements("process");

    /// <summary>Ids of the processes that may run: every one that does not say <c>isExecutable="false"</c> and has content.</summary>
    public IEnumerable<string> ExecutableProcessIds =>
        Processes.Where(p => p["isExecutable"]?.Trim() is not ("false" or "0") && p.Id is not null && p.Elements().Any()).Select(p => p.Id!);

    public static BpmnFile Read(Stream stream, XmlLimits? limits = null) => From(SafeXml.Read(stream, limits));

    public static BpmnFile Read(string xml, XmlLimits? limits = null) => From(SafeXml.Read(xml, limits));

    public static BpmnFile From(MarkupElement root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return root is { IsBpmn: true, LocalName: "definitions" }
            ? new BpmnFile(root)
            : throw new BpmnFormatException($"The root element is <{root.LocalName}>; a BPMN 2.0 file begins with <definitions>.");
    }

    public MarkupElement? Find(string? id) => id is not null && byId.TryGetValue(id, out var element) ? element : null;

    /// <summary>Resolves a QName such as <c>tns:order</c>: first as written, then without its prefix.</summary>
    public MarkupElement? Resolve(string? name) => Find(name) ?? Find(LocalPart(name));

    /// <summary>The part of a QName after the colon.</summary>
    public static string? LocalPart(string? name) => name?[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>How often each element of the BPMN namespace occurs, by local name.</summary>
    public IReadOnlyDictionary<string, int> CountElements() =>
        Root.SelfAndDescendants().Where(e => e.IsBpmn).GroupBy(e => e.LocalName, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    public int CountShapes() => CountDiagram("BPMNShape");

    public int CountEdges() => CountDiagram("BPMNEdge");

    private int CountDiagram(string localName) =>
        Root.SelfAndDescendants().Count(e => e.NamespaceUri == BpmnNames.Diagram && e.LocalName == localName);
}
