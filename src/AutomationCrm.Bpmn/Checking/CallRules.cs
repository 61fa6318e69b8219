using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Checking;

/// <summary>Rules <c>recursion</c> and <c>unknown-process</c> over processes that call each other.</summary>
internal static class CallRules
{
    public static IReadOnlyList<Problem> Check(IReadOnlyCollection<ProcessModel> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var byId = models.ToDictionary(m => m.Id, StringComparer.Ordinal);
        var problems = new List<Problem>();
        foreach (var model in models)
        {
            foreach (var call in Calls(model))
            {
                if (!byId.TryGetValue(call.ProcessId.Text, out var called))
                    problems.Add(new(call.Id, Severity.Warning, "unknown-process", $"The process '{call.ProcessId.Text}' is not among the given ones."));
                else if (Reaches(called, model, byId))
                    problems.Add(new(call.Id, Severity.Warning, "recursion", $"'{model.Id}' calls '{called.Id}', which leads back to it; it needs a condition that ends this."));
            }
        }

        return problems;
    }

    private static IEnumerable<CallActivity> Calls(ProcessModel model) =>
        model.NodeArray.OfType<CallActivity>().Where(c => c.GlobalTask is null && c.ProcessId.Computed is null);

    private static bool Reaches(ProcessModel from, ProcessModel to, Dictionary<string, ProcessModel> byId)
    {
        var seen = new HashSet<ProcessModel> { from };
        var open = new Stack<ProcessModel>(seen);
        while (open.TryPop(out var model))
        {
            if (model == to) return true;
            foreach (var call in Calls(model))
                if (byId.TryGetValue(call.ProcessId.Text, out var next) && seen.Add(next)) open.Push(next);
        }

        return false;
    }
}
