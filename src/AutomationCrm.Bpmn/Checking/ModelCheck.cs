using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Checking;

/// <summary>What is probably wrong in a diagram that could run: each finding names the element, the rule and what to do.</summary>
public static class ModelCheck
{
    public static IReadOnlyList<Problem> Check(ProcessModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var problems = new List<Problem>();
        problems.AddRange(Reachability.Check(model));
        problems.AddRange(FlowRules.Check(model));
        problems.AddRange(LoopRules.Check(model));
        foreach (var scope in model.Scopes) problems.AddRange(Soundness.Check(model, scope).Problems);
        return problems;
    }

    /// <summary>Checks processes that call each other.</summary>
    public static IReadOnlyList<Problem> CheckCalls(IReadOnlyCollection<ProcessModel> models) => CallRules.Check(models);
}
