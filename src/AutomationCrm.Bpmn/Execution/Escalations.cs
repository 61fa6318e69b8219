using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Finds the innermost handler of an escalation; without one nothing happens, or the caller is asked (rule X6).</summary>
internal static class Escalations
{
    public static void Raise(Run run, Node scope, string code, VariableSet payload)
    {
        Node? inside = null;
        for (var node = scope; node is not null; inside = node, node = node.Parent == 0 ? null : run.Own(node.Parent))
        {
            if (HandlerIn(run, node, inside, code) is { } start)
            {
                EventSubProcesses.Fire(run, node, start, payload);
                return;
            }

            if (TryBoundary(run, node, code, payload)) return;
        }

        if (run.Depth > 0) run.Emit(new EscalateToCaller(code, payload));
    }

    public static void RaiseFrom(Run run, Node activity, string code, VariableSet payload)
    {
        if (!TryBoundary(run, activity, code, payload)) Raise(run, run.Own(activity.Parent)!, code, payload);
    }

    private static StartEvent? HandlerIn(Run run, Node scope, Node? inside, string code)
    {
        if (scope.Kind is not (NodeKind.Process or NodeKind.Scope)) return null;
        if (inside is { Kind: NodeKind.Scope } && run.ElementOf(inside) is EventSubProcess) return null;
        StartEvent? catchAll = null;
        foreach (var handler in Scopes.DefinitionOf(run, scope).Handlers)
        {
            if (scope.IsInterrupted && handler.Start.IsInterrupting) continue;
            foreach (var definition in handler.Start.Definitions)
            {
                if (definition is not EscalationDefinition escalation) continue;
                if (escalation.Code == code) return handler.Start;
                if (escalation.Code is null) catchAll ??= handler.Start;
            }
        }

        return catchAll;
    }

    private static bool TryBoundary(Run run, Node node, string code, VariableSet payload)
    {
        if (node.Element < 0 || node.LoopIndex > 0 || node.Kind == NodeKind.Undoing) return false;
        if (run.ElementOf(node) is not Activity { Boundaries: { Length: > 0 } boundaries }) return false;
        BoundaryEvent? found = null;
        foreach (var boundary in boundaries)
        {
            if (boundary.Definition<EscalationDefinition>() is not { } definition || (definition.Code is not null && definition.Code != code)) continue;
            if (found is null || (definition.Code is not null && found.Definition<EscalationDefinition>()!.Code is null)) found = boundary;
        }

        if (found is null) return false;
        Boundaries.Fire(run, node, found, payload);
        return true;
    }
}
