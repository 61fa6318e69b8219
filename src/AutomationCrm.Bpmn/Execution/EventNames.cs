using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Names and keys of messages and signals at the moment they are needed.</summary>
internal static class EventNames
{
    public static bool TryRead(Run run, int from, EventName name, out string text, out string problem)
    {
        (text, problem) = (name.Text, "");
        if (name.Computed is null) return true;
        if (!run.TryEvaluate(name.Computed, from, out var value, out problem)) return false;
        text = value.ToString()!;
        return true;
    }

    public static bool TryReadKey(Run run, int from, Expression? key, out string? text, out string problem)
    {
        (text, problem) = (null, "");
        if (key is null) return true;
        if (!run.TryEvaluate(key, from, out var value, out problem)) return false;
        if (value is not NullDatum) text = value.ToString();
        return true;
    }
}
