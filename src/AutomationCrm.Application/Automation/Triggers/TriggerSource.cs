using AutomationCrm.Expressions.Conditions;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>What a trigger's condition sees: what a robot would, what has changed, and the facts of the event.</summary>
internal sealed class TriggerSource(IValueSource values, TriggerEvent happened) : IValueSource, IChanges
{
    public Value? Get(string path) =>
        path.StartsWith(TriggerFacts.Prefix, StringComparison.OrdinalIgnoreCase) ? happened.Fact(path[TriggerFacts.Prefix.Length..]) : values.Get(path);

    public bool IsChanged(string path) => values is IChanges changes && changes.IsChanged(path);

    public Value? Before(string path) => (values as IChanges)?.Before(path);
}
