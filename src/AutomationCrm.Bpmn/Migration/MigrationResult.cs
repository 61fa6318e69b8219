using System.Collections.Immutable;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Migration;

/// <summary>The state in the new version with the commands that bring subscriptions up to date; or, all problems and no state.</summary>
public sealed record MigrationResult(ProcessState? State, ImmutableArray<Command> Commands, IReadOnlyList<MigrationProblem> Problems);
