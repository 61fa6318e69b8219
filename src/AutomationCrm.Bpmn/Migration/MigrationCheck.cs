using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Migration;

/// <summary>Every active thing needs a place of the same kind, in the same surroundings, in the new version.</summary>
internal static class MigrationCheck
{
    public static IReadOnlyList<MigrationProblem> Check(ProcessModel from, ProcessModel to, ProcessState state, MigrationPlan plan)
    {
        var problems = new List<MigrationProblem>();
        if (!state.IsActive) problems.Add(new(0, from.Id, "The instance is not active."));
        foreach (var node in state.NodeRows)
        {
            if (node.Element < 0) continue;
            var source = from.NodeArray[node.Element];
            var target = plan.Target(to, source);
            if (Problem(from, to, state, plan, node, source, target) is { } text) problems.Add(new(node.Id, source.Id, text));
            CheckLog(from, to, plan, node.Log, node.Id, problems);
            if (node.Data is UndoData undo) CheckLog(from, to, plan, undo.Queue, node.Id, problems);
        }

        if (state.NodeCount > 0) CheckLog(from, to, plan, state.Nodes[0].Log, 1, problems);
        return problems;
    }

    private static string? Problem(ProcessModel from, ProcessModel to, ProcessState state, MigrationPlan plan, Node node, FlowNode source, FlowNode? target)
    {
        if (target is null) return $"'{source.Id}' is active and has no counterpart in the new version.";
        if (target.GetType() != source.GetType()) return $"'{source.Id}' is a {source.Kind}, '{target.Id}' a {target.Kind}.";
        if (source is EventNode one && target is EventNode other && !SameKinds(one, other)) return $"'{source.Id}' and '{target.Id}' wait for different kinds of events.";
        if (!SameSurroundings(from, to, state, plan, node, target)) return $"'{target.Id}' does not stand in the counterpart of the scope of '{source.Id}'.";
        if (source is Activity activity && target is Activity moved && !SameMarker(node, activity.Loop, moved.Loop)) return $"'{target.Id}' repeats in another way than '{source.Id}'.";
        return node.Data is JoinData join && source is not Activity ? JoinProblem(join, source, target) : null;
    }

    private static bool SameKinds(EventNode one, EventNode other) =>
        one.Definitions.Select(d => d.GetType()).SequenceEqual(other.Definitions.Select(d => d.GetType()));

    private static bool SameSurroundings(ProcessModel from, ProcessModel to, ProcessState state, MigrationPlan plan, Node node, FlowNode target)
    {
        var parent = ParentScope(from, state, node);
        var expected = parent is null ? null : plan.Target(to, parent);
        return target.Container.Owner == expected;
    }

    private static FlowNode? ParentScope(ProcessModel from, ProcessState state, Node node)
    {
        for (var id = node.Parent; id > 1;)
        {
            var parent = Array.Find(state.Nodes, n => n?.Id == id)!;
            if (parent.Kind == NodeKind.Scope || (parent.Kind == NodeKind.Undoing && from.NodeArray[parent.Element] is SubProcess)) return from.NodeArray[parent.Element];
            id = parent.Parent;
        }

        return null;
    }

    private static bool SameMarker(Node node, LoopMarker? one, LoopMarker? other)
    {
        if (node.Kind != NodeKind.Body && node.LoopIndex == 0) return other is null || one is not null;
        return (one, other) switch
        {
            (StandardLoop, StandardLoop) => true,
            (MultiInstance a, MultiInstance b) => a.IsSequential == b.IsSequential && (a.OutputCollection is null) == (b.OutputCollection is null),
            _ => false,
        };
    }

    private static string? JoinProblem(JoinData join, FlowNode source, FlowNode target)
    {
        for (var i = 0; i < join.Arrived.Length; i++)
        {
            var id = source.IncomingFlows[i].Id;
            if ((join.Arrived[i] > 0 || join.Used[i]) && !Array.Exists(target.IncomingFlows, f => f.Id == id)) return $"A token came over the flow '{id}', which no longer leads into '{target.Id}'.";
        }

        return null;
    }

    private static void CheckLog(ProcessModel from, ProcessModel to, MigrationPlan plan, Undoable? log, int nodeId, List<MigrationProblem> problems)
    {
        for (var entry = log; entry is not null; entry = entry.Next)
        {
            var source = from.NodeArray[entry.Element];
            if (plan.Target(to, source) is not Activity) problems.Add(new(nodeId, source.Id, $"'{source.Id}' can still be undone and has no counterpart in the new version."));
            CheckLog(from, to, plan, entry.Inner, nodeId, problems);
        }
    }
}
