using AutomationCrm.Bpmn.Elements.Events;

namespace AutomationCrm.Bpmn.Model;

/// <summary>
/// For each incoming flow of a synchronising gateway: the nodes from which a token may still come to that flow without passing the gateway.
/// <c>Red</c> counts the ways over boundary events, <c>Green</c> does not (BPMN 2.0 section 13.4.3, the inclusive join).
/// </summary>
internal sealed class JoinReach(int flows)
{
    // A cache of what follows from the model alone; it does not matter who fills it, or how often.
    private readonly Reach?[] byFlow = new Reach?[flows];

    public Reach Of(ProcessModel model, SequenceFlow flow) =>
        Volatile.Read(ref byFlow[flow.Index]) ?? Add(model, flow);

    private Reach Add(ProcessModel model, SequenceFlow flow)
    {
        var reach = new Reach(Walk(model, flow, overBoundaries: true), Walk(model, flow, overBoundaries: false));
        Volatile.Write(ref byFlow[flow.Index], reach);
        return reach;
    }

    private static ulong[] Walk(ProcessModel model, SequenceFlow to, bool overBoundaries)
    {
        var found = new ulong[(model.NodeArray.Length + 63) / 64];
        var open = new Stack<FlowNode>();
        Visit(to.Source);
        while (open.TryPop(out var node))
        {
            foreach (var flow in node.IncomingFlows) Visit(flow.Source);
            if (node is BoundaryEvent boundary && overBoundaries) Visit(boundary.AttachedTo);
            if (node is IntermediateCatchEvent { LinkSources: { Length: > 0 } sources })
                foreach (var source in sources) Visit(source);
        }

        return found;

        void Visit(FlowNode node)
        {
            if (node == to.Target) return;
            ref var word = ref found[node.Index >> 6];
            var bit = 1UL << (node.Index & 63);
            if ((word & bit) != 0) return;
            word |= bit;
            open.Push(node);
        }
    }

    internal sealed record Reach(ulong[] Red, ulong[] Green)
    {
        public static bool Holds(ulong[] set, int node) => (set[node >> 6] & (1UL << (node & 63))) != 0;
    }
}
