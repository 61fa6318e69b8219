using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>A boundary event occurs.</summary>
internal static class Boundaries
{
    public static void Fire(Run run, Node activity, BoundaryEvent boundary, VariableSet payload)
    {
        var scope = run.Own(activity.Parent)!;
        run.Record(HistoryKind.Entered, boundary, 0);
        if (boundary.IsInterrupting && run.Unharmed != activity.Element) run.CancelWhole(activity);
        else scope.Children++;
        Payloads.Take(run, scope.Id, boundary, payload);
        run.Record(HistoryKind.Completed, boundary, 0);
        run.Leave(scope, boundary);
    }
}
