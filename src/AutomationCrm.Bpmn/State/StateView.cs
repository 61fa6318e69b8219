using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.State;

/// <summary>What can be seen of a state from outside: who waits, for what, and what is wrong.</summary>
public static class StateView
{
    /// <summary>Activities, catch events and event-based gateways that wait now, oldest first; those with an incident only if their work failed.</summary>
    public static IEnumerable<WaitingElement> Waiting(ProcessModel model, ProcessState state)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(state);
        for (var i = 0; i < state.NodeCount; i++)
        {
            var node = state.Nodes[i];
            if (node.Kind == NodeKind.Waiting) yield return new(node.Id, model.NodeArray[node.Element], node.LoopIndex, node.Locals, node.Incident?.Message);
        }
    }

    public static IEnumerable<ActiveScope> Scopes(ProcessModel model, ProcessState state)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(state);
        for (var i = 0; i < state.NodeCount; i++)
        {
            var node = state.Nodes[i];
            if (node.Kind is NodeKind.Scope or NodeKind.Body) yield return new(node.Id, model.NodeArray[node.Element], node.Locals, node.Kind == NodeKind.Body);
        }
    }

    public static IEnumerable<OpenIncident> Incidents(ProcessModel model, ProcessState state)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(state);
        for (var i = 0; i < state.NodeCount; i++)
        {
            var node = state.Nodes[i];
            if (node.Incident is { } incident) yield return new(node.Id, node.Element < 0 ? null : model.NodeArray[node.Element], incident.Code, incident.Message);
        }
    }

    public static IEnumerable<AwaitedEvent> Awaited(ProcessModel model, ProcessState state)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(state);
        for (var i = 0; i < state.SubscriptionCount; i++)
        {
            var s = state.Subscriptions[i];
            yield return new(s.Id, s.Owner, model.NodeArray[s.Element], s.Kind, s.Name, s.Key, s.Kind == SubscriptionKind.Timer ? s.Due : null);
        }
    }

    /// <summary>How many tokens stand at each element, gateways included; what a designer draws on the diagram.</summary>
    public static IReadOnlyDictionary<string, int> Marking(ProcessModel model, ProcessState state)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(state);
        var marking = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in state.NodeRows)
        {
            if (node.Element < 0 || node.Kind == NodeKind.Body) continue;
            var tokens = node.Data is JoinData join ? join.Arrived.Sum() : 1;
            var id = model.NodeArray[node.Element].Id;
            marking[id] = marking.GetValueOrDefault(id) + tokens;
        }

        return marking;
    }
}

/// <summary>Something that waits. <paramref name="Id"/> is what signals name.</summary>
public sealed record WaitingElement(int Id, FlowNode Element, int LoopIndex, VariableSet Variables, string? Problem);

public sealed record ActiveScope(int Id, FlowNode Element, VariableSet Variables, bool IsLoopBody);

public sealed record OpenIncident(int Id, FlowNode? Element, string Code, string Message);

public sealed record AwaitedEvent(int Id, int OwnerId, FlowNode Event, SubscriptionKind Kind, string? Name, string? Key, DateTimeOffset? Due);
