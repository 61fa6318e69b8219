namespace AutomationCrm.Bpmn.Simulation;

/// <summary>A simulation cannot do what its script asks for.</summary>
public sealed class SimulationException : Exception
{
    public SimulationException()
    {
    }

    public SimulationException(string message)
        : base(message)
    {
    }

    public SimulationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
