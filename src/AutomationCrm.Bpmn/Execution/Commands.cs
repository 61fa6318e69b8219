using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Something the host has to do, in the given order and in the transaction that saves the state.</summary>
public abstract record Command;

/// <summary>Hand out work of a task; complete, fail or throw by <paramref name="Id"/>. <c>Task</c> says what kind and with which settings.</summary>
public sealed record StartWork(int Id, Activity Task, VariableSet Inputs) : Command;

/// <summary>Take back work that is no longer wanted.</summary>
public sealed record CancelWork(int Id, Activity Task) : Command;

/// <summary>Start another process; answer with complete, throw or escalate by <paramref name="Id"/>.</summary>
public sealed record CallProcess(int Id, Activity Task, string ProcessId, int Depth, VariableSet Variables) : Command;

/// <summary>End a called instance.</summary>
public sealed record CancelCall(int Id, Activity Task) : Command;

/// <summary>Wake the instance at <paramref name="Due"/>; the same number again moves the timer.</summary>
public sealed record ArmTimer(int Id, FlowNode Event, DateTimeOffset Due, int Misses = 0) : Command;

/// <summary>A message or signal is awaited. Conditions need no subscription: the host sends <c>SetVariables</c> when facts change.</summary>
public sealed record Subscribe(int Id, FlowNode Event, SubscriptionKind Kind, string Name, string? Key) : Command;

/// <summary>A timer or subscription is no longer wanted.</summary>
public sealed record Unsubscribe(int Id, SubscriptionKind Kind) : Command;

/// <summary>Send a message to whoever waits for it or is started by it.</summary>
public sealed record SendMessage(FlowNode Event, string Name, string? Key, VariableSet Variables) : Command;

/// <summary>Tell all other instances and start events; this instance has already reacted.</summary>
public sealed record BroadcastSignal(FlowNode Event, string Name, VariableSet Variables) : Command;

/// <summary>These activities of an ad-hoc sub-process may be chosen.</summary>
public sealed record OfferActivities(int AdHocId, IReadOnlyList<string> ActivityIds) : Command;

/// <summary>A token waits for a person.</summary>
public sealed record RaiseIncident(int Id, FlowNode? Element, string Code, string Message) : Command;

/// <summary>An incident is over.</summary>
public sealed record CloseIncident(int Id) : Command;

/// <summary>Nobody caught this escalation inside; a caller may.</summary>
public sealed record EscalateToCaller(string Code, VariableSet Variables) : Command;

/// <summary>The instance is over; for a called one the caller gets the variables or the error.</summary>
public sealed record EndInstance(State.InstanceStatus Status, VariableSet Variables, string? ErrorCode, string? Message) : Command;
