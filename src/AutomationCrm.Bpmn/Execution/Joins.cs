using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Gateways that hold tokens until enough have arrived.</summary>
internal static class Joins
{
    /// <summary>The counted token joins those that wait; null when the surroundings cannot hold it back.</summary>
    public static Node? Hold(Run run, Node scope, FlowNode gateway, SequenceFlow via)
    {
        if (scope.Data is not ScopeData data) return null;
        Node? join = null;
        foreach (var id in data.Joins)
        {
            var index = run.Nodes.IndexOf(id);
            if (run.Nodes.Rows[index].Element == gateway.Index) join = run.OwnAt(index);
        }

        if (join is null)
        {
            join = run.Add(scope, gateway.Index, NodeKind.Join, data: new JoinData(new int[gateway.IncomingFlows.Length]));
            data.Joins.Add(join.Id);
        }
        else
        {
            run.Consume(scope);
        }

        ((JoinData)join.Data!).Arrived[via.Slot]++;
        run.JoinsChanged = true;
        return join;
    }

    /// <summary>Takes one token from every flow that has one and goes on.</summary>
    public static void Fire(Run run, Node scope, Node join, FlowNode gateway)
    {
        var data = (JoinData)join.Data!;
        var isEmpty = true;
        for (var i = 0; i < data.Arrived.Length; i++)
        {
            if (data.Arrived[i] > 0) data.Arrived[i]--;
            isEmpty &= data.Arrived[i] == 0;
        }

        if (isEmpty) Drop(run, scope, join);
        else scope.Children++;
        run.JoinsChanged = true;
        run.Pass(scope, gateway);
    }

    public static void Drop(Run run, Node scope, Node join)
    {
        ((ScopeData)scope.Data!).Joins.Remove(join.Id);
        run.Remove(join);
    }

    /// <summary>When nothing moves any more: lets the first waiting gateway that need not wait any longer fire. False when none does.</summary>
    public static bool FireOne(Run run)
    {
        run.JoinsChanged = false;
        if (!run.Model.HasSynchronisingJoins) return false;
        var waiting = new List<Node>();
        foreach (var node in run.Nodes.Rows)
            if (node.Kind == NodeKind.Join && node.Incident is null && run.ElementOf(node) is InclusiveGateway or ComplexGateway) waiting.Add(node);
        if (waiting.Count == 0) return false;
        waiting.Sort((a, b) => a.Element != b.Element ? a.Element.CompareTo(b.Element) : a.Id.CompareTo(b.Id));
        foreach (var join in waiting)
            if (JoinBlocking.FirstBlocker(run, join, null) is null && Act(run, join)) return true;
        return JoinBlocking.TieBreak(run, waiting) is { } chosen && Act(run, chosen);
    }

    private static bool Act(Run run, Node waiting)
    {
        var join = run.Own(waiting.Id)!;
        var scope = run.Own(join.Parent)!;
        var gateway = run.ElementOf(join);
        if (gateway is ComplexGateway complex) return ComplexGatewayBehavior.Unblocked(run, scope, join, complex);
        Fire(run, scope, join, gateway);
        return true;
    }
}
