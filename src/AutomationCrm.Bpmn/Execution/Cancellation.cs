using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Takes living things away: innermost first, every one told to the host.</summary>
internal static class Cancellation
{
    /// <summary>Everything inside the scope goes, tokens on their way included; the scope stays.</summary>
    public static void CancelChildren(this Run run, Node scope)
    {
        scope.Wave++;
        if (scope.Data is ScopeData { Joins.Count: > 0 } data) data.Joins.Clear();
        if (scope.Children == 0) return;
        scope.Children = 0;
        Sweep(run, scope, withTop: false);
    }

    /// <summary>The node and everything inside goes; the parent's count is the caller's business.</summary>
    public static void CancelWhole(this Run run, Node node)
    {
        node.Wave++;
        if (node.Children > 0)
        {
            Sweep(run, node, withTop: true);
            return;
        }

        Tell(run, node);
        run.Subscriptions.Disarm(run, node);
        run.Remove(node);
    }

    // Children are younger than their parents, so one pass over the rows finds every descendant.
    private static void Sweep(Run run, Node top, bool withTop)
    {
        var gone = new HashSet<int> { top.Id };
        var victims = new List<Node>();
        for (var i = run.Nodes.IndexOf(top.Id) + 1; i < run.Nodes.Count; i++)
        {
            var node = run.Nodes.Rows[i];
            if (gone.Contains(node.Parent) && gone.Add(node.Id)) victims.Add(node);
        }

        if (withTop) victims.Insert(0, top);
        else gone.Remove(top.Id);
        for (var i = victims.Count - 1; i >= 0; i--) Tell(run, victims[i]);
        DropSubscriptions(run, gone);
        run.Nodes.RemoveAll(n => gone.Contains(n.Id));
        foreach (var victim in victims)
            if (victim.Epoch == run.Epoch) victim.IsRemoved = true;
        run.JoinsChanged = true;
    }

    private static void DropSubscriptions(Run run, HashSet<int> owners)
    {
        var any = false;
        foreach (var subscription in run.Subscriptions.Rows)
        {
            if (!owners.Contains(subscription.Owner)) continue;
            any = true;
            Arming.TellGone(run, subscription);
        }

        if (any) run.Subscriptions.RemoveAll(s => owners.Contains(s.Owner));
    }

    private static void Tell(Run run, Node node)
    {
        if (node.Incident is not null) run.Emit(new CloseIncident(node.Id));
        if (node.Element < 0) return;
        var element = run.ElementOf(node);
        if (node.Kind == NodeKind.Waiting && node.Incident?.Stage is null or IncidentStage.Work) element.Behavior.Cancelled(run, node, element);
        if (node.Kind is NodeKind.Waiting or NodeKind.Scope) run.Record(HistoryKind.Cancelled, element, node.Id);
    }
}
