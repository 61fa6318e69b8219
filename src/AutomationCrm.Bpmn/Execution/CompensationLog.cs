using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Takes out of the scopes what is to be undone; what is taken cannot be undone twice.</summary>
internal static class CompensationLog
{
    /// <summary>All of the current scope, or the entries of one activity wherever around the event it completed.</summary>
    public static Undoable? Take(Run run, Node scope, FlowNode? activity)
    {
        if (activity is not null) return TakeOne(run, scope, activity);
        var taken = scope.Log;
        scope.Log = null;
        if (scope.Kind != NodeKind.Scope || run.ElementOf(scope) is not EventSubProcess) return taken;
        var outer = run.Own(scope.Parent)!;
        taken = Compensation.Prepend(taken, outer.Log);
        outer.Log = null;
        return taken;
    }

    private static Undoable? TakeOne(Run run, Node from, FlowNode activity)
    {
        for (var node = from; node is not null; node = node.Parent == 0 ? null : run.Own(node.Parent))
        {
            if (node.Log is null) continue;
            var (matching, others) = Split(node.Log, activity.Index);
            if (matching is null) continue;
            node.Log = others;
            return matching;
        }

        return null;
    }

    private static (Undoable? Matching, Undoable? Others) Split(Undoable log, int element)
    {
        var all = new Stack<Undoable>();
        for (var entry = log; entry is not null; entry = entry.Next!) all.Push(entry);
        Undoable? matching = null, others = null;
        while (all.TryPop(out var entry))
        {
            if (entry.Element == element) matching = entry with { Next = matching };
            else others = entry with { Next = others };
        }

        return (matching, others);
    }
}
