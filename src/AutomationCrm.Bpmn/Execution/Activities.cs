using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>What all tasks, sub-processes and calls have in common: begin, watch, end.</summary>
internal static class Activities
{
    public static void Enter(Run run, Node scope, Activity activity)
    {
        if (activity.StartQuantity > 1 && !Quantities.TryGather(run, scope, activity)) return;
        if (activity.Loop is not null) Loops.Begin(run, scope, activity);
        else if (activity.IsPlain && scope.Data is not ScopeData { Done: not null }) run.Pass(scope, activity);
        else Begin(run, scope, activity, VariableSet.Empty, 0);
    }

    /// <summary>The counted token becomes the running activity.</summary>
    public static void Begin(Run run, Node parent, Activity activity, VariableSet locals, int loopIndex)
    {
        var isScope = activity is SubProcess;
        var node = run.Add(parent, activity.Index, isScope ? NodeKind.Scope : NodeKind.Waiting, locals, isScope ? ScopeData.For(activity) : null, loopIndex);
        run.Record(HistoryKind.Entered, activity, node.Id);
        Start(run, node, activity);
    }

    public static void Start(Run run, Node node, Activity activity)
    {
        if (!TryTakeInputs(run, node, activity, out var problem) || (node.LoopIndex == 0 && !TryArmBoundaries(run, node, activity, out problem)))
        {
            run.Subscriptions.Disarm(run, node);
            run.Raise(node, new(FlowChoice.Broken, problem, IncidentStage.Begin));
            return;
        }

        activity.Behavior.Start(run, node, activity);
    }

    public static bool TryArmBoundaries(Run run, Node node, Activity activity, out string problem)
    {
        problem = "";
        foreach (var boundary in activity.ArmedBoundaries)
            if (!run.TryArm(node, boundary, boundary.Definitions, out problem)) return false;
        return true;
    }

    private static bool TryTakeInputs(Run run, Node node, Activity activity, out string problem)
    {
        problem = "";
        if (activity.Inputs.Count == 0 || activity.KeepsInputsApart) return true;
        if (!Payloads.TryMake(run, node.Id, activity.Inputs, out var values, out problem)) return false;
        node.Locals = node.Locals.With(values);
        return true;
    }

    /// <summary>Takes the results over and goes on; an output mapping that fails leaves the activity standing with an incident.</summary>
    public static void Complete(Run run, Node node, Activity activity, VariableSet results)
    {
        var parent = run.Own(node.Parent)!;
        if (!TryTakeResults(run, node, activity, parent, results)) return;
        if (parent.Kind == NodeKind.Body && !Loops.TryTakeOutput(run, parent, node, activity)) return;

        Compensation.Register(parent, node, activity);
        run.Subscriptions.Disarm(run, node);
        run.Record(HistoryKind.Completed, activity, node.Id);
        if (parent.Kind == NodeKind.Body)
        {
            Loops.InstanceDone(run, parent, node, activity);
            return;
        }

        run.Remove(node);
        LeaveDone(run, parent, activity);
    }

    /// <summary>The activity is done, its node is gone, its token is still counted.</summary>
    public static void LeaveDone(Run run, Node scope, Activity activity)
    {
        if (scope.Data is ScopeData { Done: not null } && AdHocSubProcessBehavior.HasEnded(run, scope, activity)) return;
        run.Leave(scope, activity);
    }

    private static bool TryTakeResults(Run run, Node node, Activity activity, Node parent, VariableSet results)
    {
        if (activity.Outputs.Count == 0)
        {
            if (parent.Kind == NodeKind.Body && activity.Loop is MultiInstance { OutputCollection: not null }) node.Locals = node.Locals.With(results);
            else run.Assign(node.Id, results);
            return true;
        }

        node.Locals = node.Locals.With(results);
        if (!Payloads.TryMake(run, node.Id, activity.Outputs, out var values, out var problem))
        {
            run.Raise(node, new(FlowChoice.Broken, problem, IncidentStage.Finish));
            return false;
        }

        run.Assign(parent.Id, values);
        return true;
    }
}
