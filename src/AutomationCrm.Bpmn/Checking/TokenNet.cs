using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Checking;

/// <summary>The moves tokens can make in one scope; a token on a flow stands before, or works in, the flow's target.</summary>
internal sealed class TokenNet
{
    private const int MaxChoices = 6;

    private readonly ProcessModel model;
    private readonly List<SequenceFlow> flows;
    private readonly Dictionary<SequenceFlow, int> placeOf;
    private readonly List<FlowNode> entries;
    private readonly List<FlowNode> nodes;

    public TokenNet(ProcessModel model, ScopeDefinition scope)
    {
        this.model = model;
        nodes = [.. scope.Nodes];
        flows = [.. nodes.SelectMany(n => n.OutgoingFlows)];
        placeOf = flows.Select((f, i) => (f, i)).ToDictionary(p => p.f, p => p.i);
        entries = scope.Owner is Elements.Containers.EventSubProcess own ? [own.Start] : [.. scope.Entries];
        if (entries.Count == 0) entries.AddRange(nodes.OfType<StartEvent>().Take(1));
        var tokens = new byte[flows.Count + entries.Count];
        for (var i = 0; i < entries.Count; i++) tokens[flows.Count + i] = 1;
        Initial = new(tokens);
    }

    public Marking Initial { get; }

    public IEnumerable<FlowNode> Positions(Marking marking)
    {
        for (var i = 0; i < marking.Tokens.Length; i++)
            if (marking.Tokens[i] > 0) yield return i < flows.Count ? flows[i].Target : entries[i - flows.Count];
    }

    /// <summary>Whether a way leads here at all; what nothing leads to is reported by another rule.</summary>
    public bool IsReachable(FlowNode node) => node.IncomingFlows.Length > 0 && node is not BoundaryEvent;

    public IEnumerable<(FlowNode Node, Marking Next)> Moves(Marking marking)
    {
        foreach (var node in nodes)
        {
            foreach (var taken in Inputs(node, marking))
            {
                foreach (var put in Outputs(node)) yield return (node, Ends(node) ? new(new byte[marking.Tokens.Length]) : marking.Change(taken, put));
                if (node is not Activity activity) continue;
                foreach (var boundary in activity.Boundaries)
                {
                    if (boundary.Definition<CompensateDefinition>() is not null) continue;
                    var side = boundary.OutgoingFlows.Select(f => placeOf[f]);
                    yield return (boundary, marking.Change(boundary.IsInterrupting ? taken : [], side));
                }
            }
        }
    }

    // A side event could occur for ever; the exploration sees it as one that ends the process' patience: its tokens are bounded by the marking.
    private static bool Ends(FlowNode node) =>
        node is EndEvent end && end.Definitions.Any(d => d is TerminateDefinition or ErrorDefinition or CancelDefinition);

    private IEnumerable<int[]> Inputs(FlowNode node, Marking marking)
    {
        var places = node.IncomingFlows.Select(f => placeOf[f]).ToArray();
        var filled = Array.FindAll(places, p => marking.Tokens[p] > 0);
        var entry = entries.IndexOf(node);
        if (entry >= 0 && marking.Tokens[flows.Count + entry] > 0) yield return [flows.Count + entry];
        if (node is ParallelGateway && places.Length > 1)
        {
            if (filled.Length == places.Length) yield return places;
        }
        else if (node is InclusiveGateway && places.Length > 1)
        {
            if (filled.Length > 0 && !IsBlocked(node, marking)) yield return filled;
        }
        else
        {
            foreach (var place in filled) yield return [place];
        }
    }

    private bool IsBlocked(FlowNode gateway, Marking marking)
    {
        foreach (var position in Positions(marking).Distinct())
        {
            if (position == gateway) continue;
            var reach = model.Reach.Of(gateway, position);
            var (isRed, isGreen) = (false, false);
            foreach (var flow in gateway.IncomingFlows)
            {
                if (marking.Tokens[placeOf[flow]] > 0) isGreen |= reach.Green.Holds(flow.Slot);
                else isRed |= reach.Red.Holds(flow.Slot);
            }

            if (isRed && !isGreen) return true;
        }

        return false;
    }

    private IEnumerable<int[]> Outputs(FlowNode node)
    {
        var source = node is IntermediateThrowEvent { LinkTarget: { } link } ? link : node;
        var places = source.OutgoingFlows.Select(f => placeOf[f]).ToArray();
        var isChoice = node is ExclusiveGateway or EventBasedGateway;
        if (isChoice && places.Length > 1) return places.Select(p => new[] { p });
        var conditional = source.OutgoingFlows.Where(f => f.Condition is not null || f == source.DefaultFlow).Select(f => placeOf[f]).ToArray();
        if (node is ParallelGateway || conditional.Length == 0) return [places];
        return Subsets(conditional, [.. places.Except(conditional)]);
    }

    private static IEnumerable<int[]> Subsets(int[] optional, int[] always)
    {
        var count = Math.Min(optional.Length, MaxChoices);
        for (var bits = 0; bits < 1 << count; bits++)
        {
            var chosen = always.Concat(Enumerable.Range(0, count).Where(i => (bits & (1 << i)) != 0).Select(i => optional[i])).ToArray();
            if (chosen.Length > 0) yield return chosen;
        }
    }
}
