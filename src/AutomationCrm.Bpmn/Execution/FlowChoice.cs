using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Decides which flows a token takes; the answer stands in <c>run.Chosen</c>, document order.</summary>
internal static class FlowChoice
{
    public const string NoFlow = "no-flow";
    public const string Broken = "expression";

    public static bool TryChoose(Run run, int scopeId, FlowNode element, out string code, out string problem)
    {
        run.Chosen.Clear();
        (code, problem) = ("", "");
        return element.Split switch
        {
            SplitRule.All => All(run, element),
            SplitRule.FirstTrue => FirstTrue(run, scopeId, element, ref code, ref problem),
            _ => Conditional(run, scopeId, element, ref code, ref problem),
        };
    }

    private static bool All(Run run, FlowNode element)
    {
        run.Chosen.AddRange(element.OutgoingFlows);
        return true;
    }

    private static bool FirstTrue(Run run, int scopeId, FlowNode element, ref string code, ref string problem)
    {
        foreach (var flow in element.OutgoingFlows)
        {
            if (flow == element.DefaultFlow) continue;
            var isTrue = true;
            if (flow.Condition is not null && !run.TryTest(flow.Condition, scopeId, out isTrue, out problem)) return Fail(Broken, ref code);
            if (!isTrue) continue;
            run.Chosen.Add(flow);
            return true;
        }

        return Default(run, element, ref code, ref problem);
    }

    private static bool Conditional(Run run, int scopeId, FlowNode element, ref string code, ref string problem)
    {
        var hasConditions = false;
        var anyTrue = false;
        foreach (var flow in element.OutgoingFlows)
        {
            if (flow == element.DefaultFlow) continue;
            var isTrue = true;
            if (flow.Condition is not null)
            {
                hasConditions = true;
                if (!run.TryTest(flow.Condition, scopeId, out isTrue, out problem)) return Fail(Broken, ref code);
                anyTrue |= isTrue;
            }

            if (isTrue) run.Chosen.Add(flow);
        }

        if (element.DefaultFlow is { } standard && !anyTrue && (hasConditions || run.Chosen.Count == 0)) run.Chosen.Add(standard);
        return run.Chosen.Count > 0 || element.OutgoingFlows.Length == 0 || Default(run, element, ref code, ref problem);
    }

    private static bool Default(Run run, FlowNode element, ref string code, ref string problem)
    {
        if (element.DefaultFlow is { } standard)
        {
            run.Chosen.Add(standard);
            return true;
        }

        if (element.OutgoingFlows.Length == 0) return true;
        problem = "No condition of the outgoing flows is true and there is no default flow.";
        return Fail(NoFlow, ref code);
    }

    private static bool Fail(string reason, ref string code)
    {
        code = reason;
        return false;
    }
}
