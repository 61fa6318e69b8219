using System.Collections.Immutable;
using System.Runtime.InteropServices;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>
/// The interpreter: a pure function of model, state and signal. Same input, same output; no clock, no I/O, no randomness.
/// A signal that does too much changes nothing: the state stays as it was, with an incident on the instance.
/// </summary>
public static class Interpreter
{
    /// <summary>Part of every stored signal: replaying with another number may give another state.</summary>
    public const int SemanticsVersion = 1;

    [ThreadStatic]
    private static Run? spare;

    public static Step Advance(ProcessModel model, ProcessState state, Signal signal, ExecutionLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(signal);

        var run = spare ?? new Run();
        spare = null;
        run.Load(model, state, signal, limits ?? ExecutionLimits.Default);
        try
        {
            var ignored = SignalHandling.Handle(run, state, signal);
            if (ignored is not null) return new(state, [], [], ignored);
            run.Settle();
            return new(Freeze(run, model), Copy(run.Commands), Copy(run.History));
        }
        catch (LimitReachedException tooMuch)
        {
            return Refuse(model, state, signal, tooMuch);
        }
        finally
        {
            run.Clear();
            spare = run;
        }
    }

    private static ProcessState Freeze(Run run, ProcessModel model)
    {
        var isOver = run.Status != InstanceStatus.Active;
        var (nodes, nodeCount) = isOver ? ([], 0) : (run.Nodes.Freeze(), run.Nodes.Count);
        var (subscriptions, subscriptionCount) = isOver ? ([], 0) : (run.Subscriptions.Freeze(), run.Subscriptions.Count);
        return new()
        {
            ProcessId = model.Id,
            Status = run.Status,
            Version = run.Epoch,
            Depth = run.Depth,
            ErrorCode = run.ErrorCode,
            LastId = run.LastId,
            Nodes = nodes,
            NodeCount = nodeCount,
            Subscriptions = subscriptions,
            SubscriptionCount = subscriptionCount,
            Result = run.Result,
        };
    }

    private static ImmutableArray<T> Copy<T>(List<T> items) =>
        items.Count == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(items.ToArray());

    private static Step Refuse(ProcessModel model, ProcessState state, Signal signal, LimitReachedException reason)
    {
        var incident = new Incident("limit", reason.Message, IncidentStage.Enter);
        var root = state.NodeCount > 0
            ? state.Nodes[0].CopyFor(state.Version + 1)
            : new Node { Id = 1, Parent = 0, Element = -1, Kind = NodeKind.Process, Epoch = 1, Data = new ScopeData(), Locals = signal.Variables };
        root.Incident = incident;
        var nodes = state.NodeCount > 0 ? state.NodeRows.ToArray() : new Node[1];
        nodes[0] = root;
        var stopped = new ProcessState
        {
            ProcessId = model.Id,
            Status = InstanceStatus.Active,
            Version = state.Version + 1,
            Depth = signal is StartInstance start ? start.Depth : state.Depth,
            LastId = Math.Max(1, state.LastId),
            Nodes = nodes,
            NodeCount = nodes.Length,
            Subscriptions = state.Subscriptions,
            SubscriptionCount = state.SubscriptionCount,
        };
        return new(stopped, [new RaiseIncident(1, null, incident.Code, incident.Message)], []);
    }
}
