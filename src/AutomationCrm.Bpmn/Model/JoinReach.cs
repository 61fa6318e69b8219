using AutomationCrm.Bpmn.Elements.Events;

namespace AutomationCrm.Bpmn.Model;

/// <summary>
/// For each element before a synchronising gateway: the incoming flows of the gateway a token there may still come to without passing the gateway.
/// <c>Red</c> counts the ways over boundary events, <c>Green</c> does not (BPMN 2.0 section 13.4.3, the inclusive join).
/// </summary>
internal sealed class JoinReach(int nodes)
{
    // Caches of what follows from the model alone; it does not matter who fills them, or how often.
    private readonly Reach?[]?[] byGateway = new Reach?[]?[nodes];

    /// <summary>Sets of slots of <paramref name="gateway"/>, seen from <paramref name="from"/>.</summary>
    public Reach Of(FlowNode gateway, FlowNode from)
    {
        var row = Volatile.Read(ref byGateway[gateway.Index]);
        if (row is null) Volatile.Write(ref byGateway[gateway.Index], row = new Reach?[nodes]);
        return Volatile.Read(ref row[from.Index]) ?? Add(row, gateway, from);
    }

    private Reach Add(Reach?[] row, FlowNode gateway, FlowNode from)
    {
        var reach = new Reach(Walk(gateway, from, overBoundaries: true), Walk(gateway, from, overBoundaries: false));
        Volatile.Write(ref row[from.Index], reach);
        return reach;
    }

    private SlotSet Walk(FlowNode gateway, FlowNode from, bool overBoundaries)
    {
        var slots = new ulong[(gateway.IncomingFlows.Length + 63) / 64];
        var seen = new bool[nodes];
        var open = new Stack<FlowNode>();
        Visit(from);
        while (open.TryPop(out var node))
        {
            foreach (var flow in node.OutgoingFlows)
            {
                if (flow.Target == gateway) slots[flow.Slot >> 6] |= 1UL << (flow.Slot & 63);
                else Visit(flow.Target);
            }

            if (node is Activity activity && overBoundaries)
                foreach (var boundary in activity.Boundaries) Visit(boundary);
            if (node is IntermediateThrowEvent { LinkTarget: { } target }) Visit(target);
        }

        return new(slots);

        void Visit(FlowNode node)
        {
            if (seen[node.Index]) return;
            seen[node.Index] = true;
            open.Push(node);
        }
    }

    internal sealed record Reach(SlotSet Red, SlotSet Green);
}
