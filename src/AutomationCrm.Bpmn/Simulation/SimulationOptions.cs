using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Simulation;

/// <summary>What replaces the outside world in a simulation.</summary>
public sealed record SimulationOptions
{
    public static SimulationOptions Default { get; } = new();

    public DateTimeOffset Start { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    public ExecutionLimits Limits { get; init; } = ExecutionLimits.Default;

    /// <summary>Does the work of tasks: an answer at once, or null to leave it waiting.</summary>
    public Func<SimulatedInstance, StartWork, WorkAnswer?> Work { get; init; } = (_, _) => null;

    /// <summary>Looks at every state before it is used further; tests save and load it here.</summary>
    public Func<ProcessModel, ProcessState, ProcessState> Keep { get; init; } = (_, state) => state;

    /// <summary>Whether the timer start events of a process start it.</summary>
    public Func<ProcessModel, bool> StartsByTimer { get; init; } = _ => true;

    /// <summary>More steps than this end the simulation.</summary>
    public int MaxSteps { get; init; } = 100_000;
}

/// <summary>How stubbed work ends: with results, with a business error, or broken.</summary>
public sealed record WorkAnswer(VariableSet Results, string? ErrorCode = null, string? Failure = null)
{
    public static WorkAnswer Done { get; } = new(VariableSet.Empty);
}
