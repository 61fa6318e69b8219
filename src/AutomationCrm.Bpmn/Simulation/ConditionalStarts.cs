using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Simulation;

/// <summary>Conditional start events: each starts an instance when its condition becomes true.</summary>
internal sealed class ConditionalStarts(IEnumerable<ProcessModel> models)
{
    private readonly HashSet<FlowNode> wereTrue = [];

    public IEnumerable<(ProcessModel Model, FlowNode Start)> Released(VariableSet variables)
    {
        foreach (var model in models)
        {
            foreach (var (start, definitions) in Starts.Triggers(model))
            {
                if (!definitions.OfType<ConditionalDefinition>().Any()) continue;
                var isTrue = definitions.OfType<ConditionalDefinition>().Any(d => IsTrue(d.Condition, variables));
                if (isTrue && wereTrue.Add(start)) yield return (model, start);
                else if (!isTrue) wereTrue.Remove(start);
            }
        }
    }

    private static bool IsTrue(Expression condition, VariableSet variables)
    {
        try
        {
            return condition.Evaluate(new Reader(variables)) is BoolDatum { Flag: true };
        }
        catch (ExpressionException)
        {
            // What cannot be computed is not true yet, as for all conditional events.
            return false;
        }
    }

    private sealed class Reader(VariableSet variables) : IVariableReader
    {
        public Datum? Find(string name) => variables.Find(name);
    }
}
