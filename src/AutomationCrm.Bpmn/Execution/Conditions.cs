using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>
/// Conditional events: all conditions are computed against the same variables, those that became true happen,
/// interrupting ones first, outermost scope first. What cannot be computed is not true yet.
/// </summary>
internal static class Conditions
{
    public static void Look(Run run)
    {
        run.IsLookingPlanned = false;
        List<(int Id, bool Interrupts, int Depth)>? happened = null;
        for (var i = 0; i < run.Subscriptions.Count; i++)
        {
            var subscription = run.Subscriptions.Rows[i];
            if (subscription.Kind != SubscriptionKind.Condition) continue;
            var source = run.Model.NodeArray[subscription.Element];
            var isTrue = IsTrue(run, subscription, source);
            if (isTrue == subscription.WasTrue) continue;
            if (source is not EventNode { IsParallelMultiple: true }) run.Subscriptions.Set(i, subscription with { WasTrue = isTrue });
            if (isTrue) (happened ??= []).Add((subscription.Id, Interrupts(source), DepthOf(run, subscription.Owner)));
        }

        if (happened is null) return;
        foreach (var (id, _, _) in happened.OrderBy(h => h.Interrupts ? 0 : 1).ThenBy(h => h.Depth).ThenBy(h => h.Id))
        {
            if (run.Status == InstanceStatus.Active && run.Subscriptions.Find(id) is { } subscription)
                Occurrences.Hit(run, subscription, VariableSet.Empty, isOver: false);
        }
    }

    private static bool IsTrue(Run run, Subscription subscription, FlowNode source)
    {
        var condition = ((ConditionalDefinition)((EventNode)source).Definitions[subscription.Definition]).Condition;
        return run.TryTest(condition, subscription.Owner, out var isTrue, out _, nullIsFalse: true) && isTrue;
    }

    private static bool Interrupts(FlowNode source) => source switch
    {
        BoundaryEvent boundary => boundary.IsInterrupting,
        StartEvent start => start.IsInterrupting,
        _ => false,
    };

    private static int DepthOf(Run run, int id)
    {
        var depth = 0;
        for (var node = run.Nodes.Find(id); node is { Parent: > 0 }; node = run.Nodes.Find(node.Parent)) depth++;
        return depth;
    }
}
