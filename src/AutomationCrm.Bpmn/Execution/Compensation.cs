using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Undoing: completed activities are remembered with their values and undone one by one, the latest first (BPMN 2.0 section 10.6).</summary>
internal static class Compensation
{
    public static void Register(Node parent, Node node, Activity activity)
    {
        if (activity.CompensationHandler is not null)
            parent.Log = new(activity.Index, node.LoopIndex, node.Locals, null, parent.Log);
        else if (activity is SubProcess sub && (node.Log is not null || sub.Content.CompensationHandler is not null))
            parent.Log = new(activity.Index, node.LoopIndex, node.Locals, node.Log, parent.Log);
    }

    public static Undoable? Prepend(Undoable? first, Undoable? rest)
    {
        if (rest is null) return first;
        var stack = new Stack<Undoable>();
        for (var entry = first; entry is not null; entry = entry.Next) stack.Push(entry);
        while (stack.TryPop(out var entry)) rest = entry with { Next = rest };
        return rest;
    }

    /// <summary>Starts undoing for a throw event. True when the event has nothing to wait for and goes on.</summary>
    public static bool Begin(Run run, Node scope, EventNode source, CompensateDefinition definition, int position)
    {
        var queue = CompensationLog.Take(run, scope, definition.Activity);
        if (queue is null) return true;
        if (!definition.WaitForCompletion) scope.Children++;
        var node = run.Add(scope, source.Index, NodeKind.Undoing, data: new UndoData(queue) { Position = definition.WaitForCompletion ? position : -1 });
        Continue(run, node);
        return !definition.WaitForCompletion;
    }

    /// <summary>The cancel end of a transaction: everything else in it goes, what was completed is undone.</summary>
    public static void BeginCancel(Run run, Node transaction, EventNode source)
    {
        run.CancelChildren(transaction);
        run.Subscriptions.DisarmStarts(run, transaction);
        transaction.IsInterrupted = true;
        var queue = transaction.LoopIndex == 0 ? transaction.Log : Prepend(transaction.Log, GiveUpSiblings(run, transaction));
        transaction.Log = null;
        transaction.Children = 1;
        Continue(run, run.Add(transaction, source.Index, NodeKind.Undoing, data: new UndoData(queue)));
    }

    // Giving up one instance of a repeated transaction gives up all of them; what the others completed is undone as well.
    private static Undoable? GiveUpSiblings(Run run, Node transaction)
    {
        var body = run.Own(transaction.Parent)!;
        var (queue, loop) = (body.Log, (LoopData)body.Data!);
        body.Log = null;
        body.Wave++;
        var siblings = new List<int>();
        foreach (var node in run.Nodes.Rows)
            if (node.Parent == body.Id && node.Id != transaction.Id) siblings.Add(node.Id);
        foreach (var id in siblings)
        {
            var sibling = run.Own(id)!;
            if (sibling.Log is not null) queue = new(sibling.Element, sibling.LoopIndex, sibling.Locals, sibling.Log, queue);
            run.CancelWhole(sibling);
            body.Children--;
            loop.Terminated++;
        }

        return queue;
    }

    /// <summary>Undoes the next entry; after the last one the event goes on.</summary>
    public static void Continue(Run run, Node node)
    {
        var data = (UndoData)node.Data!;
        if (data.Queue is not { } entry)
        {
            Finish(run, node, data);
            return;
        }

        var group = TakeGroup(run, data, entry);
        node.Children += group.Count;
        for (var i = group.Count - 1; i >= 0; i--) Undo(run, node, group[i]);
    }

    // Instances that ran side by side are undone side by side; everything else in turn.
    private static List<Undoable> TakeGroup(Run run, UndoData data, Undoable first)
    {
        var group = new List<Undoable> { first };
        var entry = first.Next;
        if (first.LoopIndex > 0 && ((Activity)run.Model.NodeArray[first.Element]).Loop is MultiInstance { IsSequential: false })
        {
            for (; entry is not null && entry.Element == first.Element && entry.LoopIndex > 0; entry = entry.Next) group.Add(entry);
        }

        data.Queue = entry;
        return group;
    }

    // Each handler runs inside a node of its own that holds the values its activity had.
    private static void Undo(Run run, Node node, Undoable entry)
    {
        var activity = (Activity)run.Model.NodeArray[entry.Element];
        var values = entry.LoopIndex == 0 ? entry.Locals : entry.Locals.With("loopCounter", Datum.Of(entry.LoopIndex));
        if (activity.CompensationHandler is { } handler) run.Place(run.Add(node, activity.Index, NodeKind.Undoing, values, new UndoData(null)), handler);
        else UndoInside(run, node, (SubProcess)activity, entry with { Locals = values });
    }

    private static void UndoInside(Run run, Node node, SubProcess activity, Undoable entry)
    {
        var handler = activity.Content.CompensationHandler;
        var inside = run.Add(node, activity.Index, NodeKind.Undoing, entry.Locals, new UndoData(handler is null ? entry.Inner : null));
        if (handler is null)
        {
            Continue(run, inside);
            return;
        }

        inside.Log = entry.Inner;
        EventSubProcesses.Begin(run, inside, handler);
    }

    private static void Finish(Run run, Node node, UndoData data)
    {
        var scope = run.Own(node.Parent)!;
        var element = run.ElementOf(node);
        run.Remove(node);
        if (element is not EventNode source || data.Position < 0) run.Consume(scope);
        else if (source.Definitions[data.Position] is CancelDefinition) Cancelled(run, scope);
        else Throwing.Throw(run, scope, source, data.Position + 1);
    }

    private static void Cancelled(Run run, Node transaction)
    {
        transaction.Children = 0;
        var activity = (Activity)run.ElementOf(transaction);
        var owner = transaction.LoopIndex > 0 ? run.Own(transaction.Parent)! : transaction;
        foreach (var boundary in activity.Boundaries)
        {
            if (boundary.Definition<CancelDefinition>() is null) continue;
            Boundaries.Fire(run, owner, boundary, VariableSet.Empty);
            return;
        }

        Activities.Complete(run, transaction, activity, VariableSet.Empty);
    }
}
