using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Simulation;

/// <summary>Which elements and flows of a model a simulation went through, and which not.</summary>
public sealed record Coverage(IReadOnlyCollection<string> Elements, IReadOnlyCollection<string> Flows, IReadOnlyCollection<string> MissedElements, IReadOnlyCollection<string> MissedFlows)
{
    public static Coverage Of(ProcessModel model, IEnumerable<SimulatedInstance> instances)
    {
        ArgumentNullException.ThrowIfNull(model);
        var history = instances.Where(i => i.Model == model).SelectMany(i => i.History).ToList();
        var elements = history.Where(h => h.Kind == HistoryKind.Completed).Select(h => model.Nodes[h.Element].Id).ToHashSet(StringComparer.Ordinal);
        var flows = history.Where(h => h.Kind == HistoryKind.Taken).Select(h => model.Flows[h.Element].Id).ToHashSet(StringComparer.Ordinal);
        return new(elements, flows, [.. model.Nodes.Select(n => n.Id).Except(elements, StringComparer.Ordinal)], [.. model.Flows.Select(f => f.Id).Except(flows, StringComparer.Ordinal)]);
    }
}
