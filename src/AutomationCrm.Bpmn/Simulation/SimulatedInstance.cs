using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Simulation;

/// <summary>One instance inside a simulator.</summary>
public sealed class SimulatedInstance
{
    private readonly List<HistoryEntry> history = [];
    private readonly List<ProcessState> states = [];
    private readonly List<Signal> signals = [];

    internal SimulatedInstance(int number, ProcessModel model, SimulatedInstance? caller, int callId) =>
        (Number, Model, Caller, CallId) = (number, model, caller, callId);

    public int Number { get; }

    public ProcessModel Model { get; }

    public SimulatedInstance? Caller { get; }

    /// <summary>Number of the call activity in the caller.</summary>
    public int CallId { get; }

    public ProcessState State { get; private set; } = ProcessState.New;

    public IReadOnlyList<HistoryEntry> History => history;

    /// <summary>Every state the instance was in, oldest first.</summary>
    public IReadOnlyList<ProcessState> States => states;

    /// <summary>Every signal that changed it, in order; replaying them gives the same states.</summary>
    public IReadOnlyList<Signal> Signals => signals;

    internal Dictionary<int, SimulatedInstance> Calls { get; } = [];

    internal void Record(Signal signal, Step step, ProcessState state)
    {
        State = state;
        signals.Add(signal);
        states.Add(state);
        history.AddRange(step.History);
    }
}
