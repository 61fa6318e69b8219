using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>What changed just now; a value source that knows it implements this as well.</summary>
public interface IChanges
{
    bool IsChanged(string path);

    /// <summary>The value before the change; null when the path is unknown.</summary>
    Value? Before(string path);
}
