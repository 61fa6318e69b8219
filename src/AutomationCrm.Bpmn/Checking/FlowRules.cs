using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Checking;

/// <summary>Rules <c>missing-condition</c>, <c>no-default</c>, <c>ignored-condition</c> and <c>fan-out</c>.</summary>
internal static class FlowRules
{
    private const int WideFork = 100;

    public static IEnumerable<Problem> Check(ProcessModel model)
    {
        foreach (var node in model.NodeArray)
        {
            if (node is ExclusiveGateway or InclusiveGateway && node.OutgoingFlows.Length > 1)
            {
                foreach (var flow in node.OutgoingFlows)
                    if (flow.Condition is null && flow != node.DefaultFlow) yield return new(flow.Id, Severity.Warning, "missing-condition", $"The flow to '{flow.Target.Name ?? flow.Target.Id}' has no condition and is not the default; it is always taken.");
                if (node.DefaultFlow is null && Array.TrueForAll(node.OutgoingFlows, f => f.Condition is not null))
                    yield return new(node.Id, Severity.Warning, "no-default", "If no condition is true the process stops here with an incident; add a default flow.");
            }

            if (node.DefaultFlow?.Condition is not null) yield return new(node.DefaultFlow.Id, Severity.Warning, "ignored-condition", "The condition of a default flow is never looked at.");
            if (node is ParallelGateway && node.OutgoingFlows.Length > WideFork) yield return new(node.Id, Severity.Warning, "fan-out", $"{node.OutgoingFlows.Length} branches begin at once.");
            if (node is Activity { Loop: MultiInstance { Cardinality: { } count } } && IsHuge(count)) yield return new(node.Id, Severity.Error, "fan-out", $"{count.Text} instances are more than can run at once.");
        }
    }

    private static bool IsHuge(Expression count) =>
        decimal.TryParse(count.Text.Trim(' ', '$', '{', '}', '='), System.Globalization.CultureInfo.InvariantCulture, out var number) && number > Execution.ExecutionLimits.Default.Instances;
}
