using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Migration;

/// <summary>Moves a running instance to another version of its process, whole or not at all (reference section 5).</summary>
public static class StateMigration
{
    /// <summary>Keeps work, timers and messages that are open; arms what the new version watches in addition, takes away what it no longer does.</summary>
    public static MigrationResult Migrate(ProcessModel from, ProcessModel to, ProcessState state, MigrationPlan plan, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(plan);
        var problems = MigrationCheck.Check(from, to, state, plan);
        if (problems.Count > 0) return new(null, [], problems);

        var nodes = state.NodeRows.ToArray().Select(n => Move(from, to, state, plan, n)).ToArray();
        var moved = new ProcessState
        {
            ProcessId = to.Id,
            Status = state.Status,
            Version = state.Version,
            Depth = state.Depth,
            ErrorCode = state.ErrorCode,
            LastId = state.LastId,
            Nodes = nodes,
            NodeCount = nodes.Length,
            Subscriptions = state.Subscriptions,
            SubscriptionCount = state.SubscriptionCount,
            Result = state.Result,
        };
        return Rearming.Rearm(from, to, moved, plan, now);
    }

    private static Node Move(ProcessModel from, ProcessModel to, ProcessState state, MigrationPlan plan, Node node)
    {
        var source = node.Element < 0 ? null : from.NodeArray[node.Element];
        var target = source is null ? null : plan.Target(to, source);
        return new()
        {
            Id = node.Id,
            Parent = node.Parent,
            Element = target?.Index ?? -1,
            Kind = node.Kind,
            Epoch = state.Version,
            Children = node.Children,
            IsInterrupted = node.IsInterrupted,
            FirstSubscription = node.FirstSubscription,
            LoopIndex = node.LoopIndex,
            Locals = node.Locals,
            Incident = node.Incident,
            Log = Move(from, to, plan, node.Log),
            Data = Move(from, to, plan, node, source, target),
        };
    }

    private static NodeData? Move(ProcessModel from, ProcessModel to, MigrationPlan plan, Node node, FlowNode? source, FlowNode? target)
    {
        switch (node.Data)
        {
            case JoinData join when source is not Activity:
                var moved = new JoinData(new int[target!.IncomingFlows.Length]) { HasFired = join.HasFired };
                for (var i = 0; i < join.Arrived.Length; i++)
                {
                    var slot = Array.FindIndex(target.IncomingFlows, f => f.Id == source!.IncomingFlows[i].Id);
                    if (slot < 0) continue;
                    moved.Arrived[slot] = join.Arrived[i];
                    moved.Used[slot] = join.Used[i];
                }

                return moved;
            case UndoData undo:
                return new UndoData(Move(from, to, plan, undo.Queue)) { Position = undo.Position };
            case ScopeData scope:
                var done = scope.Done?.Select(d => plan.Target(to, from.NodeArray[d])?.Index ?? -1).Where(d => d >= 0).ToHashSet();
                return new ScopeData { Joins = [.. scope.Joins], Done = target is AdHocSubProcess ? done ?? [] : null };
            default:
                return node.Data?.Copy();
        }
    }

    private static Undoable? Move(ProcessModel from, ProcessModel to, MigrationPlan plan, Undoable? log)
    {
        var entries = new Stack<Undoable>();
        for (var entry = log; entry is not null; entry = entry.Next) entries.Push(entry);
        Undoable? moved = null;
        while (entries.TryPop(out var entry))
            moved = entry with { Element = plan.Target(to, from.NodeArray[entry.Element])!.Index, Inner = Move(from, to, plan, entry.Inner), Next = moved };
        return moved;
    }
}
