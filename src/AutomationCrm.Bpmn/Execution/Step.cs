using System.Collections.Immutable;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>
/// What one signal led to. <see cref="Ignored"/> tells why a signal found nothing to do (already completed, no receiver);
/// the state is then the one given.
/// </summary>
public sealed record Step(ProcessState State, ImmutableArray<Command> Commands, ImmutableArray<HistoryEntry> History, string? Ignored = null);
