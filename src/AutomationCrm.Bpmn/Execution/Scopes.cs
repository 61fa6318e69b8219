using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Begin and end of what holds tokens.</summary>
internal static class Scopes
{
    /// <summary>Gives the data objects their empty value and the entries their tokens.</summary>
    public static void Open(Run run, Node scope, ScopeDefinition definition)
    {
        foreach (var name in definition.DataNames)
            if (!scope.Locals.Has(name)) scope.Locals = scope.Locals.With(name, Datum.Null);
        for (var i = definition.Entries.Length - 1; i >= 0; i--) run.Place(scope, definition.Entries[i]);
        if (definition.ArmedStarts.Length > 0) run.PlanLookingAtConditions();
    }

    public static void Emptied(Run run, Node scope)
    {
        if (scope.Kind == NodeKind.Process) End(run, scope);
        else if (scope.Kind == NodeKind.Undoing) Compensation.Continue(run, scope);
        else run.ElementOf(scope).Behavior.Emptied(run, scope, run.ElementOf(scope));
    }

    /// <summary>The scope a node belongs to for joins, event sub-processes and undoing: markers and throw events are looked through.</summary>
    public static ScopeDefinition DefinitionOf(Run run, Node scope) =>
        scope.Kind == NodeKind.Process ? run.Model.ScopeArray[0] : run.ElementOf(scope) is SubProcess sub ? sub.Content : run.ElementOf(scope).Container;

    private static void End(Run run, Node root)
    {
        run.Subscriptions.Disarm(run, root);
        Finish(run, root, InstanceStatus.Completed, null, null);
    }

    public static void Finish(Run run, Node root, InstanceStatus status, string? errorCode, string? message)
    {
        run.Remove(root);
        run.Status = status;
        run.Result = root.Locals;
        run.ErrorCode = errorCode;
        run.Emit(new EndInstance(status, root.Locals, errorCode, message));
    }
}
