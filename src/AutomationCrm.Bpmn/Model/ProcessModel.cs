using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Markup;

namespace AutomationCrm.Bpmn.Model;

/// <summary>One executable process, compiled: nodes and flows by number, expressions parsed, references resolved. Immutable and shared between threads.</summary>
public sealed class ProcessModel
{
    private readonly Dictionary<string, FlowNode> byId;

    internal ProcessModel(MarkupElement markup, BpmnFile file, FlowNode[] nodes, SequenceFlow[] flows, ScopeDefinition[] scopes, CompileOptions options)
    {
        (Markup, File, NodeArray, FlowArray, ScopeArray, Options) = (markup, file, nodes, flows, scopes, options);
        Reach = new(nodes.Length);
        byId = nodes.ToDictionary(n => n.Id, StringComparer.Ordinal);
    }

    public string Id => Markup.Id!;

    public string? Name => Markup["name"];

    public MarkupElement Markup { get; }

    public BpmnFile File { get; }

    public CompileOptions Options { get; }

    public IReadOnlyList<FlowNode> Nodes => NodeArray;

    public IReadOnlyList<SequenceFlow> Flows => FlowArray;

    public IReadOnlyList<ScopeDefinition> Scopes => ScopeArray;

    /// <summary>Names that expressions read and no part of the process sets; the host provides them as facts of each signal.</summary>
    public IReadOnlyCollection<string> References { get; internal set; } = [];

    /// <summary>The start events of the process with what starts them; the host subscribes to those with a trigger.</summary>
    public IEnumerable<StartEvent> StartEvents => ScopeArray[0].Nodes.OfType<StartEvent>();

    internal FlowNode[] NodeArray { get; }

    internal SequenceFlow[] FlowArray { get; }

    internal ScopeDefinition[] ScopeArray { get; }

    internal bool HasConditionalEvents { get; init; }

    internal bool HasSynchronisingJoins { get; init; }

    internal JoinReach Reach { get; }

    public FlowNode? Find(string id) => byId.GetValueOrDefault(id);
}
