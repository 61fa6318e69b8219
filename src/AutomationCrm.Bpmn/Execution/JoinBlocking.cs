using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>
/// Whether a waiting gateway still has to wait: a token elsewhere in the same scope can reach one of its empty flows,
/// and none of its filled ones (BPMN 2.0 section 13.4.3; reference rules G8 to G13).
/// </summary>
internal static class JoinBlocking
{
    /// <summary>The first token it has to wait for, leaving out <paramref name="except"/>.</summary>
    public static Node? FirstBlocker(Run run, Node join, HashSet<int>? except)
    {
        var data = (JoinData)join.Data!;
        var gateway = run.Model.NodeArray[join.Element];
        var words = (data.Arrived.Length + 63) / 64;
        Span<ulong> empty = words <= 32 ? stackalloc ulong[words] : new ulong[words];
        Span<ulong> filled = words <= 32 ? stackalloc ulong[words] : new ulong[words];
        for (var i = 0; i < data.Arrived.Length; i++)
        {
            if (data.Used[i]) continue;
            (data.Arrived[i] > 0 ? filled : empty)[i >> 6] |= 1UL << (i & 63);
        }

        foreach (var token in run.Nodes.Rows)
        {
            if (token.Parent != join.Parent || token.Id == join.Id || token.Element == join.Element) continue;
            var reach = run.Model.Reach.Of(gateway, run.ElementOf(token));
            if (reach.Red.Overlaps(empty) && !reach.Green.Overlaps(filled) && except?.Contains(token.Id) != true) return token;
        }

        return null;
    }

    /// <summary>
    /// Gateways that only wait for each other would wait for ever. The standard leaves this open; here the first one
    /// in document order goes on (decision, rule G12).
    /// </summary>
    public static Node? TieBreak(Run run, List<Node> waiting)
    {
        var circle = waiting.Select(w => w.Id).ToHashSet();
        while (circle.Count > 0)
        {
            var waitsForOthers = waiting.Find(w => circle.Contains(w.Id) && FirstBlocker(run, w, circle) is not null);
            if (waitsForOthers is null) return waiting.Find(w => circle.Contains(w.Id));
            circle.Remove(waitsForOthers.Id);
        }

        return null;
    }
}
