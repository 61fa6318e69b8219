using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Activities that need several tokens to start (BPMN 2.0 attribute startQuantity).</summary>
internal static class Quantities
{
    /// <summary>True when the counted token was the last one needed; the others are used up.</summary>
    public static bool TryGather(Run run, Node scope, Activity activity)
    {
        if (scope.Data is not ScopeData data) return true;
        var pile = data.Joins.Select(id => run.Nodes.Find(id)!).FirstOrDefault(n => n.Element == activity.Index);
        if (pile is null)
        {
            pile = run.Add(scope, activity.Index, NodeKind.Join, data: new JoinData([1]));
            data.Joins.Add(pile.Id);
            return false;
        }

        pile = run.Own(pile.Id)!;
        var arrived = ++((JoinData)pile.Data!).Arrived[0];
        run.Consume(scope);
        if (arrived < activity.StartQuantity) return false;
        Joins.Drop(run, scope, pile);
        return true;
    }
}
