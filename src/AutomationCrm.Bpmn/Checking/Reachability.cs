using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Simulation;

namespace AutomationCrm.Bpmn.Checking;

/// <summary>Rule <c>unreachable</c>: no token can ever come here.</summary>
internal static class Reachability
{
    public static IEnumerable<Problem> Check(ProcessModel model)
    {
        var reached = new bool[model.NodeArray.Length];
        var open = new Stack<FlowNode>();
        foreach (var entry in model.ScopeArray[0].Entries) Visit(entry);
        foreach (var (start, _) in Starts.Triggers(model)) Visit(start);
        foreach (var handler in model.ScopeArray[0].Handlers) Visit(handler);
        while (open.TryPop(out var node))
        {
            foreach (var next in Next(node)) Visit(next);
        }

        return model.NodeArray.Where(n => !reached[n.Index]).Select(n => new Problem(n.Id, Severity.Warning, "unreachable", $"Nothing leads to '{n.Name ?? n.Id}', so it never runs."));

        void Visit(FlowNode node)
        {
            if (reached[node.Index]) return;
            reached[node.Index] = true;
            open.Push(node);
        }
    }

    private static IEnumerable<FlowNode> Next(FlowNode node)
    {
        foreach (var flow in node.OutgoingFlows) yield return flow.Target;
        if (node is IntermediateThrowEvent { LinkTarget: { } link }) yield return link;
        if (node is Activity activity)
        {
            foreach (var boundary in activity.Boundaries) yield return boundary;
            if (activity.CompensationHandler is { } handler) yield return handler;
        }

        if (node is not SubProcess sub) yield break;
        if (node is EventSubProcess own) yield return own.Start;
        foreach (var entry in sub.Content.Entries) yield return entry;
        foreach (var handler in sub.Content.Handlers) yield return handler;
        if (sub is AdHocSubProcess adHoc)
            foreach (var offered in adHoc.Offered) yield return offered;
    }
}
