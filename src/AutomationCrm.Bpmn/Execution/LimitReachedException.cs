namespace AutomationCrm.Bpmn.Execution;

/// <summary>Ends a step that does too much; never leaves the interpreter.</summary>
internal sealed class LimitReachedException(string limit, string message) : Exception(message)
{
    public string Limit { get; } = limit;
}
