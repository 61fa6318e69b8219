using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Expressions.Conditions;

/// <summary>The words a condition is told in: texts by resource key, and the host's names of fields and values.</summary>
public interface ISentenceWords
{
    /// <summary>The text of a resource key, with places {0}, {1} …</summary>
    string Text(string key);

    string Field(string path);

    /// <summary>A value as people read it, for example a stage by its name; <paramref name="path"/> is the field it belongs to.</summary>
    string Value(string path, Value value);
}
