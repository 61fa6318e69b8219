using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>The start event of an event sub-process occurs.</summary>
internal static class EventSubProcesses
{
    public static void Fire(Run run, Node scope, StartEvent start, VariableSet payload)
    {
        if (start.IsInterrupting)
        {
            run.CancelChildren(scope);
            run.Subscriptions.DisarmStarts(run, scope);
            scope.IsInterrupted = true;
        }

        Payloads.Take(run, scope.Id, start, payload);
        Begin(run, scope, (EventSubProcess)start.Container.Owner!);
    }

    public static void Begin(Run run, Node scope, EventSubProcess handler)
    {
        scope.Children++;
        var node = run.Add(scope, handler.Index, NodeKind.Scope, data: new ScopeData());
        run.Record(HistoryKind.Entered, handler, node.Id);
        handler.Behavior.Start(run, node, handler);
    }
}
