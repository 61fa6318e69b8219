using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>
/// Finds who handles an error: event sub-processes of the scope, then boundary events around it, then the next scope out;
/// the same code before a catch-all on each level (BPMN 2.0 section 10.5.7).
/// </summary>
internal static class Errors
{
    public static Incident Uncaught(string code, string? message) =>
        new("uncaught-error", $"Nothing catches the error '{code}'{(message is null ? "" : $" ({message})")}.", IncidentStage.Enter);

    /// <summary>Throws from inside a scope. False: nobody catches it and the instance has no caller.</summary>
    public static bool TryHandle(Run run, Node scope, string code, string? message, VariableSet payload)
    {
        var inside = (Node?)null;
        for (var node = scope; node is not null; inside = node, node = node.Parent == 0 ? null : run.Own(node.Parent))
        {
            if (HandlerIn(run, node, inside, code) is { } start)
            {
                EventSubProcesses.Fire(run, node, start, payload);
                return true;
            }

            if (TryBoundary(run, node, code, payload)) return true;
        }

        return TryCaller(run, code, message);
    }

    /// <summary>Throws from a running activity: its own boundary events first.</summary>
    public static bool TryHandleFrom(Run run, Node activity, string code, string? message, VariableSet payload)
    {
        if (TryBoundary(run, activity, code, payload)) return true;
        return TryHandle(run, run.Own(activity.Parent)!, code, message, payload);
    }

    public static bool TryCaller(Run run, string code, string? message)
    {
        if (run.Depth == 0) return false;
        var root = run.Root;
        run.CancelChildren(root);
        run.Subscriptions.Disarm(run, root);
        Scopes.Finish(run, root, InstanceStatus.Failed, code, message);
        return true;
    }

    // An error leaving an event sub-process is not for the event sub-processes beside it (rule E6).
    private static StartEvent? HandlerIn(Run run, Node scope, Node? inside, string code)
    {
        if (scope.IsInterrupted || scope.Kind is NodeKind.Body) return null;
        if (inside is not null && inside.Kind == NodeKind.Scope && run.ElementOf(inside) is EventSubProcess) return null;
        if (scope.Kind != NodeKind.Process && (scope.Kind != NodeKind.Scope)) return null;
        StartEvent? catchAll = null;
        foreach (var handler in Scopes.DefinitionOf(run, scope).Handlers)
        {
            foreach (var definition in handler.Start.Definitions)
            {
                if (definition is not ErrorDefinition error) continue;
                if (error.Code == code) return handler.Start;
                if (error.Code is null) catchAll ??= handler.Start;
            }
        }

        return catchAll;
    }

    // The boundary events of a repeated activity belong to the whole of it, never to one instance (rule B8).
    private static bool TryBoundary(Run run, Node node, string code, VariableSet payload)
    {
        if (node.Element < 0 || run.ElementOf(node) is not Activity { Boundaries: { Length: > 0 } boundaries }) return false;
        if (node.LoopIndex > 0 || node.Kind == NodeKind.Undoing) return false;
        BoundaryEvent? found = null;
        foreach (var boundary in boundaries)
        {
            foreach (var definition in boundary.Definitions)
            {
                if (definition is not ErrorDefinition error || (error.Code is not null && error.Code != code)) continue;
                if (found is null || (error.Code is not null && found.Definition<ErrorDefinition>()!.Code is null)) found = boundary;
            }
        }

        if (found is null) return false;
        Boundaries.Fire(run, node, found, payload);
        return true;
    }
}
