namespace AutomationCrm.Bpmn.Model;

public enum Severity
{
    Warning,
    Error,
}

/// <summary>Something wrong with a diagram: where, how bad, which rule, and a sentence its designer understands.</summary>
public sealed record Problem(string? ElementId, Severity Severity, string Rule, string Text)
{
    public override string ToString() => $"{Severity} {Rule} at {ElementId ?? "the file"}: {Text}";
}
