namespace AutomationCrm.Expressions.Values;

/// <summary>Where expressions read from; they see nothing else (contract C6).</summary>
public interface IValueSource
{
    /// <summary>The value at a path such as <c>Document:TITLE</c>; <c>null</c> when the path is unknown, which is a failure and never an empty match.
    /// The object is spelled as listed in docs/expressions.md, the field as the author wrote it: compare without regard to case.</summary>
    Value? Get(string path);
}
