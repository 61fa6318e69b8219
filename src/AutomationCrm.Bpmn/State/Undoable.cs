using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.State;

/// <summary>A completed activity that can be undone, with the values it had; <paramref name="Inner"/> is what was completed inside a sub-process.</summary>
internal sealed record Undoable(int Element, int LoopIndex, VariableSet Locals, Undoable? Inner, Undoable? Next);
