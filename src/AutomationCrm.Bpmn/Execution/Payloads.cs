using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>What an event brings along: by its mappings if it has any, else as it is.</summary>
internal static class Payloads
{
    public static void Take(Run run, int at, EventNode source, VariableSet payload)
    {
        if (source.Mappings.Count == 0)
        {
            run.Assign(at, payload);
            return;
        }

        foreach (var mapping in source.Mappings)
        {
            var reader = new PayloadReader(run, at, payload);
            Datum value;
            try
            {
                value = mapping.Value.Evaluate(reader);
            }
            catch (ExpressionException)
            {
                // What a message lacks is null; the sender is not ours to blame here.
                value = Datum.Null;
            }

            run.Assign(at, mapping.Target, value);
        }
    }

    /// <summary>What an event or task hands out: by its mappings if it has any, else nothing.</summary>
    public static bool TryMake(Run run, int from, IReadOnlyList<Mapping> mappings, out VariableSet values, out string problem)
    {
        (values, problem) = (VariableSet.Empty, "");
        foreach (var mapping in mappings)
        {
            if (!run.TryEvaluate(mapping.Value, from, out var value, out problem)) return false;
            values = values.With(mapping.Target, value);
        }

        return true;
    }

    private sealed class PayloadReader(Run run, int at, VariableSet payload) : IVariableReader
    {
        public Datum? Find(string name) => payload.Find(name) ?? run.Find(name, at);
    }
}
