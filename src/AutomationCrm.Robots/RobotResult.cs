using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Robots;

/// <summary>Results in one line.</summary>
internal static class RobotResult
{
    public static Field Of(string name, FieldKind kind) => new(name, name, name, kind) { ReadOnly = true };

    public static Outcome Done(params ReadOnlySpan<(string Name, Value Value)> results)
    {
        var values = new Dictionary<string, Value>(results.Length);
        foreach (var (name, value) in results) values[name] = value;
        return new Outcome.Done(values);
    }
}
