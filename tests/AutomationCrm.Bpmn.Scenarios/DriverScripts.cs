using System.Text.Json;
using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Expressions.Basic;
using AutomationCrm.Bpmn.Simulation;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Scenarios;

/// <summary>The outside world of a run: people are waited for, all other work is done at once and sets what the scripts say.</summary>
internal sealed class DriverScripts
{
    private readonly Dictionary<string, List<(string Name, Expression Value)>> scripts = new(StringComparer.Ordinal);

    public DriverScripts(ScenarioRun run)
    {
        foreach (var (element, assignments) in run.DriverScripts)
            scripts[element] = [.. assignments.Select(a => (a.Key, Compile(a.Value)))];
    }

    public WorkAnswer? Do(SimulatedInstance instance, StartWork work)
    {
        if (work.Task is UserTask or CallActivity { GlobalTask: "globalUserTask" }) return null;
        try
        {
            return new(Values(instance, work.Task.Id, work.Id));
        }
        catch (ExpressionException broken)
        {
            return new(VariableSet.Empty, Failure: broken.Message);
        }
    }

    public VariableSet Values(SimulatedInstance instance, string elementId, int nodeId)
    {
        var values = VariableSet.Empty;
        var variables = new VariablesAt(instance.State, nodeId);
        foreach (var (name, value) in scripts.GetValueOrDefault(elementId) ?? []) values = values.With(name, value.Evaluate(variables));
        return values;
    }

    private static Expression Compile(JsonElement value) =>
        BasicLanguage.Instance.Compile(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), ExpressionUse.Script);
}
