using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.Events;

namespace AutomationCrm.Bpmn.Model;

/// <summary>What a process or sub-process contains.</summary>
public sealed class ScopeDefinition(int index, FlowNode? owner)
{
    public int Index { get; } = index;

    /// <summary>The sub-process, or null for the process itself.</summary>
    public FlowNode? Owner { get; } = owner;

    public IReadOnlyList<FlowNode> Nodes => NodeList;

    internal List<FlowNode> NodeList { get; } = [];

    /// <summary>Nodes that get a token when the scope is entered without a trigger.</summary>
    internal FlowNode[] Entries { get; set; } = [];

    internal EventSubProcess[] Handlers { get; set; } = [];

    /// <summary>Start events of event sub-processes that wait for something from outside.</summary>
    internal StartEvent[] ArmedStarts { get; set; } = [];

    /// <summary>The event sub-process that replaces default compensation, if there is one.</summary>
    internal EventSubProcess? CompensationHandler { get; set; }

    /// <summary>Data objects and properties: variables of this scope that start as null.</summary>
    internal List<string> DataNames { get; } = [];
}
