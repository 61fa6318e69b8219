using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Timing;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Subscriptions of a node: made when it starts, one block of numbers per node, gone when it ends.</summary>
internal static class Arming
{
    public static bool TryArm(this Run run, Node owner, FlowNode source, IReadOnlyList<EventDefinition> definitions, out string problem)
    {
        problem = "";
        for (var i = 0; i < definitions.Count; i++)
        {
            if (!definitions[i].IsArmed) continue;
            if (!TryMake(run, owner, source, definitions[i], i, out var subscription, out problem)) return false;
            if (owner.FirstSubscription == 0) owner.FirstSubscription = subscription!.Id;
            run.Subscriptions.Append(subscription!);
            Tell(run, subscription!, source, 0);
        }

        return true;
    }

    private static bool TryMake(Run run, Node owner, FlowNode source, EventDefinition definition, int index, out Subscription? made, out string problem)
    {
        made = null;
        problem = "";
        Subscription Make(SubscriptionKind kind) => new() { Id = ++run.LastId, Owner = owner.Id, Element = source.Index, Definition = index, Kind = kind };
        switch (definition)
        {
            case MessageDefinition message:
                if (!EventNames.TryRead(run, owner.Id, message.Name, out var name, out problem)) return false;
                if (!EventNames.TryReadKey(run, owner.Id, message.CorrelationKey, out var key, out problem)) return false;
                made = Make(SubscriptionKind.Message) with { Name = name, Key = key };
                return true;
            case SignalDefinition signal:
                if (!EventNames.TryRead(run, owner.Id, signal.Name, out name, out problem)) return false;
                made = Make(SubscriptionKind.Signal) with { Name = name };
                return true;
            case ConditionalDefinition:
                made = Make(SubscriptionKind.Condition);
                run.PlanLookingAtConditions();
                return true;
            case TimerDefinition timer:
                if (!run.TryEvaluate(timer.When, owner.Id, out var when, out problem)) return false;
                if (!TimerPlan.TryRead(when.ToString()!, run.Now, run.Zone, run.Model.Options.MinimumRepeat, out var plan, out problem)) return false;
                made = Make(SubscriptionKind.Timer) with { Due = plan.Due, Remaining = plan.Times, Cycle = plan.Cycle };
                return true;
            default:
                throw new InvalidOperationException($"{definition.Kind} needs no subscription.");
        }
    }

    public static void Tell(Run run, Subscription subscription, FlowNode source, int misses)
    {
        switch (subscription.Kind)
        {
            case SubscriptionKind.Timer when subscription.Due <= run.Now:
                run.DueNow.Add(subscription.Id);
                break;
            case SubscriptionKind.Timer:
                run.Emit(new ArmTimer(subscription.Id, source, subscription.Due, misses));
                break;
            case SubscriptionKind.Condition:
                break;
            default:
                run.Emit(new Subscribe(subscription.Id, source, subscription.Kind, subscription.Name!, subscription.Key));
                break;
        }
    }

    public static void TellGone(Run run, Subscription subscription)
    {
        if (subscription.Kind != SubscriptionKind.Condition) run.Emit(new Unsubscribe(subscription.Id, subscription.Kind));
    }

    /// <summary>Whether the node already waits for this event.</summary>
    public static bool IsArmed(this Table<Subscription> table, Node owner, FlowNode source)
    {
        if (owner.FirstSubscription == 0) return false;
        for (var i = table.IndexOf(owner.FirstSubscription); i < table.Count && table.Rows[i].Owner == owner.Id; i++)
            if (table.Rows[i].Element == source.Index) return true;
        return false;
    }

    /// <summary>Takes away all subscriptions of the node.</summary>
    public static void Disarm(this Table<Subscription> table, Run run, Node owner)
    {
        if (owner.FirstSubscription == 0) return;
        var from = table.IndexOf(owner.FirstSubscription);
        owner.FirstSubscription = 0;
        if (from < 0) from = ~from;
        var length = 0;
        while (from + length < table.Count && table.Rows[from + length].Owner == owner.Id) TellGone(run, table.Rows[from + length++]);
        table.RemoveRange(from, length);
    }

    /// <summary>Takes away one subscription; the block of its owner stays one block.</summary>
    public static void Drop(this Table<Subscription> table, Run run, Node owner, int id)
    {
        var index = table.IndexOf(id);
        if (index < 0) return;
        table.RemoveRange(index, 1);
        if (owner.FirstSubscription != id) return;
        owner.FirstSubscription = index < table.Count && table.Rows[index].Owner == owner.Id ? table.Rows[index].Id : 0;
    }

    /// <summary>Takes away the event sub-process starts of a scope, its boundary events stay.</summary>
    public static void DisarmStarts(this Table<Subscription> table, Run run, Node scope)
    {
        if (scope.FirstSubscription == 0) return;
        for (var i = table.IndexOf(scope.FirstSubscription); i < table.Count && table.Rows[i].Owner == scope.Id;)
        {
            var subscription = table.Rows[i];
            if (run.Model.NodeArray[subscription.Element] is StartEvent)
            {
                TellGone(run, subscription);
                table.Drop(run, scope, subscription.Id);
            }
            else
            {
                i++;
            }
        }
    }
}
