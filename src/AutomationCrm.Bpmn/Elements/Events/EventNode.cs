using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Elements.Events;

/// <summary>An event at any position; what it is about stands in its definitions.</summary>
public abstract class EventNode : FlowNode
{
    private protected EventNode(MarkupElement markup)
        : base(markup)
    {
    }

    /// <summary>None for a plain event, several for a multiple one.</summary>
    public IReadOnlyList<EventDefinition> Definitions
    {
        get;
        internal set
        {
            field = value;
            ThrowsSignal = this is IntermediateThrowEvent or EndEvent && value.Any(d => d is SignalDefinition);
        }
    } = [];

    internal bool ThrowsSignal { get; private set; }

    /// <summary>True when every definition has to occur, false when any does.</summary>
    public bool IsParallelMultiple { get; internal set; }

    /// <summary>Values the event takes over from or hands to its message.</summary>
    public IReadOnlyList<Mapping> Mappings { get; internal set; } = [];

    internal bool IsArmed => Definitions.Any(d => d.IsArmed);

    internal T? Definition<T>()
        where T : EventDefinition
    {
        foreach (var definition in Definitions)
            if (definition is T found) return found;
        return null;
    }
}
