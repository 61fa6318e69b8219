namespace AutomationCrm.Bpmn.Markup;

/// <summary>The text is no BPMN file or breaks a limit; the message says where and why.</summary>
public sealed class BpmnFormatException : Exception
{
    public BpmnFormatException()
    {
    }

    public BpmnFormatException(string message)
        : base(message)
    {
    }

    public BpmnFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
