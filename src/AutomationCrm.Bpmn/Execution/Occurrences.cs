using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Timing;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>What was waited for happened: find who waits and let it act.</summary>
internal static class Occurrences
{
    /// <summary>A timer is due; a repeating one is set again first, so that whatever it starts can still take it away.</summary>
    public static bool Fire(this Table<Subscription> table, Run run, int id)
    {
        var index = table.IndexOf(id);
        if (index < 0) return false;
        var timer = table.Rows[index];
        if (timer.Kind != SubscriptionKind.Timer) return false;
        var isLast = !TryRepeat(run, index, timer);
        Hit(run, timer, VariableSet.Empty, isLast);
        return true;
    }

    private static bool TryRepeat(Run run, int index, Subscription timer)
    {
        if (timer.Cycle is null || timer.Remaining == 1) return false;
        if (TimerPlan.Next(timer.Cycle, timer.Due, run.Now, run.Zone, out var misses) is not { } next) return false;
        var again = timer with { Due = next, Remaining = timer.Remaining < 0 ? -1 : timer.Remaining - 1 };
        run.Subscriptions.Set(index, again);
        Arming.Tell(run, again, run.Model.NodeArray[again.Element], misses);
        return true;
    }

    /// <summary>One subscription is met. <paramref name="isOver"/>: it cannot be met again.</summary>
    public static void Hit(Run run, Subscription subscription, VariableSet payload, bool isOver)
    {
        var owner = run.Own(subscription.Owner)!;
        var source = run.Model.NodeArray[subscription.Element];
        if (source is EventNode { IsParallelMultiple: true } && !IsComplete(run, owner, subscription)) return;
        if (isOver && source is not EventNode { IsParallelMultiple: true }) run.Subscriptions.Drop(run, owner, subscription.Id);
        switch (source)
        {
            case BoundaryEvent boundary:
                Boundaries.Fire(run, owner, boundary, payload);
                break;
            case StartEvent start:
                EventSubProcesses.Fire(run, owner, start, payload);
                break;
            default:
                var element = run.ElementOf(owner);
                element.Behavior.Occurred(run, owner, element, source, payload);
                break;
        }
    }

    // A parallel multiple event remembers its parts in their subscriptions and starts anew once all have occurred.
    private static bool IsComplete(Run run, Node owner, Subscription hit)
    {
        var from = run.Subscriptions.IndexOf(owner.FirstSubscription);
        var all = true;
        for (var i = from; i < run.Subscriptions.Count && run.Subscriptions.Rows[i].Owner == owner.Id; i++)
        {
            var part = run.Subscriptions.Rows[i];
            if (part.Id == hit.Id && !part.WasTrue) run.Subscriptions.Set(i, part with { WasTrue = true });
            if (part.Element == hit.Element && part.Id != hit.Id) all &= part.WasTrue;
        }

        if (!all) return false;
        for (var i = from; i < run.Subscriptions.Count && run.Subscriptions.Rows[i].Owner == owner.Id; i++)
        {
            var part = run.Subscriptions.Rows[i];
            if (part.Element == hit.Element) run.Subscriptions.Set(i, part with { WasTrue = false });
        }

        return true;
    }

    /// <summary>A message for one receiver. False: nobody waits for it.</summary>
    public static bool Message(Run run, MessageReceived message)
    {
        foreach (var subscription in run.Subscriptions.Rows)
        {
            if (subscription.Kind != SubscriptionKind.Message || !Fits(run, subscription, message)) continue;
            Hit(run, subscription, message.Variables, isOver: false);
            return true;
        }

        return false;
    }

    private static bool Fits(Run run, Subscription subscription, MessageReceived message) =>
        (message.SubscriptionId is null || message.SubscriptionId == subscription.Id)
        && (message.SubscriptionId is not null || subscription.Name == message.Name)
        && (message.ElementId is null || run.Model.NodeArray[subscription.Element].Id == message.ElementId)
        && (message.Key is null || subscription.Key is null || message.Key == subscription.Key);

    /// <summary>A signal for everybody who waits now. False: nobody does.</summary>
    public static bool Broadcast(Run run, string name, VariableSet payload)
    {
        List<int>? waiting = null;
        foreach (var subscription in run.Subscriptions.Rows)
            if (subscription.Kind == SubscriptionKind.Signal && subscription.Name == name) (waiting ??= []).Add(subscription.Id);
        if (waiting is null) return false;
        foreach (var id in waiting)
        {
            if (run.Status != InstanceStatus.Active || run.Subscriptions.Find(id) is not { } subscription) continue;
            Hit(run, subscription, payload, isOver: false);
        }

        return true;
    }
}
