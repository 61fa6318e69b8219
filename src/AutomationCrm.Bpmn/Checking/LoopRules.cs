using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Checking;

/// <summary>Rule <c>loop-without-wait</c>: a way back on which nothing waits; an error when there is no choice on it that could end it.</summary>
internal static class LoopRules
{
    public static IEnumerable<Problem> Check(ProcessModel model)
    {
        var state = new byte[model.NodeArray.Length];
        foreach (var start in model.NodeArray)
        {
            if (state[start.Index] != 0 || Waits(start)) continue;
            foreach (var cycle in Cycles(start, state))
            {
                var hasChoice = cycle.Exists(n => n.OutgoingFlows.Length > 1 && n is ExclusiveGateway or InclusiveGateway or ComplexGateway || n.OutgoingFlows.Any(f => f.Condition is not null));
                var names = string.Join(", ", cycle.Take(6).Select(n => n.Id));
                yield return new(cycle[0].Id, hasChoice ? Severity.Warning : Severity.Error, "loop-without-wait", hasChoice
                    ? $"The loop {names} waits for nothing; if its condition never changes it is stopped with an incident."
                    : $"The loop {names} waits for nothing and has no way out.");
            }
        }
    }

    private static bool Waits(FlowNode node) => node switch
    {
        PlainTask or ManualTask => false,
        ScriptTask script => script.Script is null,
        Activity => true,
        IntermediateCatchEvent caught => caught.IsArmed,
        EventBasedGateway => true,
        _ => false,
    };

    // Depth first with a stack of our own; 1 = on the current path, 2 = done.
    private static IEnumerable<List<FlowNode>> Cycles(FlowNode start, byte[] state)
    {
        var path = new List<FlowNode> { start };
        var next = new Stack<int>([0]);
        state[start.Index] = 1;
        while (path.Count > 0)
        {
            var node = path[^1];
            var at = next.Pop();
            var targets = Targets(node);
            if (at == targets.Count)
            {
                state[node.Index] = 2;
                path.RemoveAt(path.Count - 1);
                continue;
            }

            next.Push(at + 1);
            var target = targets[at];
            if (Waits(target)) continue;
            if (state[target.Index] == 1)
            {
                yield return path[path.IndexOf(target)..];
            }
            else if (state[target.Index] == 0)
            {
                state[target.Index] = 1;
                path.Add(target);
                next.Push(0);
            }
        }
    }

    private static List<FlowNode> Targets(FlowNode node)
    {
        var targets = node.OutgoingFlows.Select(f => f.Target).ToList();
        if (node is IntermediateThrowEvent { LinkTarget: { } link }) targets.Add(link);
        return targets;
    }
}
