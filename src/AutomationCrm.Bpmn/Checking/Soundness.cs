using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Checking;

/// <summary>
/// Explores what tokens can do in one scope when every decision may fall either way: can it always end, is anything never run.
/// Activities count as one step, sub-processes are checked on their own. <c>IsDecided</c> is false outside the safe subset or beyond the bound.
/// </summary>
public sealed record Soundness(bool IsDecided, bool IsSound, IReadOnlyList<Problem> Problems, IReadOnlyList<string> CounterExample)
{
    private const int MaxMarkings = 5_000;

    private static readonly Soundness Undecided = new(false, false, [], []);

    public static Soundness Check(ProcessModel model, ScopeDefinition scope)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.Owner is Elements.Containers.AdHocSubProcess || scope.Nodes.Any(n => n is ComplexGateway or Activity { StartQuantity: > 1 } or Activity { CompletionQuantity: > 1 })) return Undecided;
        var net = new TokenNet(model, scope);
        var explored = Explore(net);
        return explored is null ? Undecided : Judge(net, scope, explored);
    }

    private static List<Visit>? Explore(TokenNet net)
    {
        var visits = new List<Visit>();
        var known = new Dictionary<Marking, int>();
        Add(net.Initial, -1, "");
        for (var i = 0; i < visits.Count; i++)
        {
            if (visits.Count > MaxMarkings) return null;
            foreach (var (node, next) in net.Moves(visits[i].Marking))
            {
                if (next.IsTooFull) return null;
                visits[i].Fired.Add(node.Index);
                visits[i].Next.Add(Add(next, i, node.Id));
            }
        }

        return visits;

        int Add(Marking marking, int from, string by)
        {
            if (known.TryGetValue(marking, out var index)) return index;
            visits.Add(new(marking, from, by));
            return known[marking] = visits.Count - 1;
        }
    }

    private static Soundness Judge(TokenNet net, ScopeDefinition scope, List<Visit> visits)
    {
        var canEnd = CanEnd(visits);
        var problems = new List<Problem>();
        IReadOnlyList<string> path = [];
        var stuck = visits.FindIndex(v => !v.Marking.IsEmpty && v.Next.Count == 0);
        if (stuck < 0) stuck = Enumerable.Range(0, visits.Count).Where(i => !canEnd[i]).OrderBy(i => net.Positions(visits[i].Marking).Any(n => n is Activity) ? 0 : 1).FirstOrDefault(-1);
        if (stuck >= 0)
        {
            path = PathTo(visits, stuck);
            var at = net.Positions(visits[stuck].Marking).First();
            problems.Add(new(at.Id, Severity.Warning, visits[stuck].Next.Count == 0 ? "deadlock" : "no-end", $"After {string.Join(", ", path)} the process can never end: a token stays at '{at.Name ?? at.Id}'."));
        }

        var fired = visits.SelectMany(v => v.Fired).ToHashSet();
        foreach (var node in scope.Nodes)
            if (!fired.Contains(node.Index) && net.IsReachable(node)) problems.Add(new(node.Id, Severity.Warning, "dead", $"'{node.Name ?? node.Id}' can never run, whichever way the process goes."));
        return new(true, problems.Count == 0, problems, path);
    }

    private static List<bool> CanEnd(List<Visit> visits)
    {
        var before = new List<int>[visits.Count];
        for (var i = 0; i < visits.Count; i++)
            foreach (var next in visits[i].Next) (before[next] ??= []).Add(i);
        var can = new List<bool>(new bool[visits.Count]);
        var open = new Stack<int>(Enumerable.Range(0, visits.Count).Where(i => visits[i].Marking.IsEmpty));
        while (open.TryPop(out var i))
        {
            if (can[i]) continue;
            can[i] = true;
            foreach (var previous in before[i] ?? []) open.Push(previous);
        }

        return can;
    }

    private static List<string> PathTo(List<Visit> visits, int index)
    {
        var path = new List<string>();
        for (; visits[index].From >= 0; index = visits[index].From) path.Add(visits[index].By);
        path.Reverse();
        return path;
    }

    private sealed record Visit(Marking Marking, int From, string By)
    {
        public List<int> Next { get; } = [];

        public HashSet<int> Fired { get; } = [];
    }
}
