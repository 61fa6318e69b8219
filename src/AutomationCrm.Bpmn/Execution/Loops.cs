using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Markers: an activity that runs several times, as one activity to the outside.</summary>
internal static class Loops
{
    public static void Begin(Run run, Node scope, Activity activity)
    {
        var body = run.Add(scope, activity.Index, NodeKind.Body, data: new LoopData { Total = 0 });
        Prepare(run, body, activity);
    }

    public static void Prepare(Run run, Node body, Activity activity)
    {
        if (!LoopSizes.TryMeasure(run, body.Parent, activity.Loop!, out var data, out var code, out var problem))
        {
            run.Raise(body, new(code, problem, IncidentStage.Begin));
            return;
        }

        body.Data = data;
        if (!Activities.TryArmBoundaries(run, body, activity, out problem))
        {
            run.Subscriptions.Disarm(run, body);
            run.Raise(body, new(FlowChoice.Broken, problem, IncidentStage.Begin));
            return;
        }

        run.PlanNextInstance(body);
    }

    public static void Next(Run run, Node body, Activity activity)
    {
        var data = (LoopData)body.Data!;
        if (activity.Loop is StandardLoop loop)
        {
            if (!TryWantsAnother(run, body, loop, data, out var wants)) return;
            if (wants) BeginInstance(run, body, activity, data);
            else Finish(run, body, activity);
            return;
        }

        if (data.Total == 0) Finish(run, body, activity);
        if (data.Started >= data.Total) return;
        var isSequential = ((MultiInstance)activity.Loop!).IsSequential;
        if (!isSequential && data.Started + 1 < data.Total) run.PlanNextInstance(body);
        BeginInstance(run, body, activity, data);
    }

    private static bool TryWantsAnother(Run run, Node body, StandardLoop loop, LoopData data, out bool wants)
    {
        wants = data.Total < 0 || data.Started < data.Total;
        if (!wants || loop.Condition is null || (data.Started == 0 && !loop.TestBefore)) return true;
        if (run.TryTest(loop.Condition, body.Id, out wants, out var problem, nullIsFalse: true)) return true;
        run.Raise(body, new(FlowChoice.Broken, problem, IncidentStage.Next));
        return false;
    }

    private static void BeginInstance(Run run, Node body, Activity activity, LoopData data)
    {
        var index = data.Started++;
        var locals = VariableSet.Empty;
        if (activity.Loop is MultiInstance { ElementVariable: { } name } multi && data.Items is { } items)
        {
            locals = VariableSet.Of(name, items.Items[index]);
            if (multi.ElementAlias is { } alias) locals = locals.With(alias, items.Items[index]);
        }

        body.Children++;
        Activities.Begin(run, body, activity, locals, index + 1);
    }

    /// <summary>Computes the result of one instance while its variables still exist.</summary>
    public static bool TryTakeOutput(Run run, Node body, Node instance, Activity activity)
    {
        if (activity.Loop is not MultiInstance { OutputElement: { } element } || ((LoopData)body.Data!).Outputs is not { } outputs) return true;
        if (!run.TryEvaluate(element, instance.Id, out var value, out var problem))
        {
            run.Raise(instance, new(FlowChoice.Broken, problem, IncidentStage.Finish));
            return false;
        }

        outputs[instance.LoopIndex - 1] = value;
        return true;
    }

    public static void InstanceDone(Run run, Node body, Node instance, Activity activity)
    {
        var data = (LoopData)body.Data!;
        data.Completed++;
        var (wave, isStopped) = (body.Wave, false);
        var isSound = activity.Loop is not MultiInstance { CompletionCondition: { } condition } || TryStop(run, body, instance.Id, condition, out isStopped);
        run.Remove(instance);
        body.Children--;
        LoopEvents.Throw(run, body, activity, data);
        if (body.IsRemoved || body.Wave != wave || !isSound) return;
        Decide(run, body, activity, isStopped);
    }

    private static bool TryStop(Run run, Node body, int from, Expressions.Expression condition, out bool isStopped)
    {
        if (run.TryTest(condition, from, out isStopped, out var problem, nullIsFalse: true)) return true;
        run.Raise(body, new(FlowChoice.Broken, problem, IncidentStage.Next));
        return false;
    }

    /// <summary>After an incident of the completion condition: looks at it again.</summary>
    public static void Reconsider(Run run, Node body, Activity activity)
    {
        if (activity.Loop is not MultiInstance { CompletionCondition: { } condition }) run.PlanNextInstance(body);
        else if (TryStop(run, body, body.Id, condition, out var isStopped)) Decide(run, body, activity, isStopped);
    }

    private static void Decide(Run run, Node body, Activity activity, bool isStopped)
    {
        var data = (LoopData)body.Data!;
        if (isStopped)
        {
            data.Terminated = data.Total - data.Completed;
            run.CancelChildren(body);
            Finish(run, body, activity);
        }
        else if (activity.Loop is StandardLoop)
        {
            run.PlanNextInstance(body);
        }
        else if (data.Completed + data.Terminated >= data.Total)
        {
            Finish(run, body, activity);
        }
        else if (activity.Loop is MultiInstance { IsSequential: true })
        {
            run.PlanNextInstance(body);
        }
    }

    public static void Finish(Run run, Node body, Activity activity)
    {
        var scope = run.Own(body.Parent)!;
        if (activity.Loop is MultiInstance { OutputCollection: { } target } && ((LoopData)body.Data!).Outputs is { } outputs)
            run.Assign(scope.Id, target, Datum.Of(outputs.Where(o => o is not null)!));
        scope.Log = Compensation.Prepend(body.Log, scope.Log);
        run.Subscriptions.Disarm(run, body);
        run.Remove(body);
        Activities.LeaveDone(run, scope, activity);
    }

    /// <summary>One more item for a running parallel multi-instance activity. False when that is not possible.</summary>
    public static bool TryAdd(Run run, Node body, Activity activity, Datum item)
    {
        if (activity.Loop is not MultiInstance || body.Incident is not null) return false;
        var data = (LoopData)body.Data!;
        if (data.Total >= run.Limits.Instances) return false;
        body.Data = new LoopData
        {
            Total = data.Total + 1,
            Items = data.Items is null ? null : new ListDatum(data.Items.Items.Add(item)),
            Outputs = data.Outputs is null ? null : [.. data.Outputs, null],
            Started = data.Started,
            Completed = data.Completed,
            Terminated = data.Terminated,
        };
        if (activity.Loop is MultiInstance { IsSequential: false }) run.PlanNextInstance(body);
        return true;
    }
}
