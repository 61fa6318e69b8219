using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Simulation;

namespace AutomationCrm.Bpmn.Scenarios;

/// <summary>Compares what happened with what the run expects at its end.</summary>
internal static class ExpectationCheck
{
    public static string? Problem(Simulator simulator, Expectation expect)
    {
        var completed = simulator.Trace.Where(t => t.Entry.Kind == HistoryKind.Completed).Select(t => t.Instance.Model.Nodes[t.Entry.Element].Id).ToList();
        foreach (var (id, expected) in expect.Completed ?? [])
        {
            var found = completed.Count(c => c == id);
            if (found != expected) return $"'{id}' completed {found} times, expected {expected}";
        }

        foreach (var id in expect.NeverCompleted ?? [])
            if (completed.Contains(id)) return $"'{id}' completed, which it should not";
        foreach (var sum in Sums(expect))
        {
            var ids = sum.GetProperty("ids").EnumerateArray().Select(e => e.GetString()).ToHashSet();
            var (found, expected) = (completed.Count(ids.Contains), sum.GetProperty("value").GetInt32());
            if (found != expected) return $"[{string.Join(", ", ids)}] completed {found} times in all, expected {expected}";
        }

        foreach (var pair in expect.Order ?? [])
        {
            var (first, second) = (completed.IndexOf(pair[0]), completed.LastIndexOf(pair[1]));
            if (first < 0 || second < 0 || first >= second) return $"'{pair[0]}' did not complete before '{pair[1]}'";
        }

        return null;
    }

    private static IEnumerable<System.Text.Json.JsonElement> Sums(Expectation expect) => expect.CompletedSum switch
    {
        { ValueKind: System.Text.Json.JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: System.Text.Json.JsonValueKind.Object } one => [one],
        _ => [],
    };
}
