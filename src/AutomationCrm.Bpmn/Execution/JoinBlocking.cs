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
        var model = run.Model;
        var gateway = model.NodeArray[join.Element];
        var words = (model.NodeArray.Length + 63) / 64;
        Span<ulong> red = words <= 32 ? stackalloc ulong[words] : new ulong[words];
        Span<ulong> green = words <= 32 ? stackalloc ulong[words] : new ulong[words];
        for (var i = 0; i < data.Arrived.Length; i++)
        {
            if (data.Used[i]) continue;
            var reach = model.Reach.Of(model, gateway.IncomingFlows[i]);
            var isFilled = data.Arrived[i] > 0;
            var into = isFilled ? green : red;
            var from = isFilled ? reach.Green : reach.Red;
            for (var w = 0; w < words; w++) into[w] |= from[w];
        }

        foreach (var token in run.Nodes.Rows)
        {
            if (token.Parent != join.Parent || token.Id == join.Id || token.Element == join.Element) continue;
            var (word, bit) = (token.Element >> 6, 1UL << (token.Element & 63));
            if ((red[word] & bit) != 0 && (green[word] & bit) == 0 && except?.Contains(token.Id) != true) return token;
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
