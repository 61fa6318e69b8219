using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>Events that a multi-instance activity throws as its instances complete (BPMN 2.0 section 10.3.8, attribute behavior).</summary>
internal static class LoopEvents
{
    public static void Throw(Run run, Node body, Activity activity, LoopData data)
    {
        if (activity.Loop is not MultiInstance { Behavior: not MultiInstanceBehavior.All } multi) return;
        run.Unharmed = activity.Index;
        Choose(run, body, activity, data, multi);
        run.Unharmed = -1;
    }

    private static void Choose(Run run, Node body, Activity activity, LoopData data, MultiInstance multi)
    {
        switch (multi.Behavior)
        {
            case MultiInstanceBehavior.None:
            case MultiInstanceBehavior.One when data.Completed == 1:
                Throw(run, body, activity, multi.Event!);
                break;
            case MultiInstanceBehavior.Complex:
                foreach (var behavior in multi.ComplexBehaviors)
                {
                    if (body.IsRemoved) return;
                    if (run.TryTest(behavior.Condition, body.Id, out var isTrue, out _, nullIsFalse: true) && isTrue) Throw(run, body, activity, behavior.Event);
                }

                break;
        }
    }

    private static void Throw(Run run, Node body, Activity activity, EventDefinition definition)
    {
        switch (definition)
        {
            case SignalDefinition signal when EventNames.TryRead(run, body.Id, signal.Name, out var name, out _):
                run.Emit(new BroadcastSignal(activity, name, VariableSet.Empty));
                Occurrences.Broadcast(run, name, VariableSet.Empty);
                break;
            case MessageDefinition message when EventNames.TryRead(run, body.Id, message.Name, out var name, out _):
                run.Emit(new SendMessage(activity, name, null, VariableSet.Empty));
                break;
            case EscalationDefinition escalation:
                Escalations.RaiseFrom(run, body, escalation.Code ?? "", VariableSet.Empty);
                break;
        }
    }
}
