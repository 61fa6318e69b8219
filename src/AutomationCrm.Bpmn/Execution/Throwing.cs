using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>A throw or end event acts, one definition after the other, as long as its token is still there.</summary>
internal static class Throwing
{
    /// <summary>The counted token stands at the event; <paramref name="from"/> is the first definition to act on.</summary>
    public static void Throw(Run run, Node scope, EventNode source, int from)
    {
        var wave = scope.Wave;
        for (var i = from; i < source.Definitions.Count; i++)
        {
            if (!Act(run, scope, source, i)) return;
            if (scope.IsRemoved || scope.Wave != wave || run.Status != InstanceStatus.Active) return;
        }

        Done(run, scope, source);
    }

    private static void Done(Run run, Node scope, EventNode source)
    {
        run.Record(HistoryKind.Completed, source, 0);
        if (source is IntermediateThrowEvent { LinkTarget: { } target })
        {
            run.Place(scope, target);
            run.Consume(scope);
        }
        else if (source is EndEvent)
        {
            run.Consume(scope);
        }
        else
        {
            run.Leave(scope, source);
        }
    }

    /// <summary>False when the token is taken care of.</summary>
    private static bool Act(Run run, Node scope, EventNode source, int position)
    {
        switch (source.Definitions[position])
        {
            case MessageDefinition message:
                return SendMessage(run, scope, source, message);
            case SignalDefinition signal:
                return SendSignal(run, scope, source, signal);
            case EscalationDefinition escalation:
                Escalations.Raise(run, scope, escalation.Code ?? "", VariableSet.Empty);
                return true;
            case ErrorDefinition error:
                run.Record(HistoryKind.Completed, source, 0);
                if (Errors.TryHandle(run, scope, error.Code ?? "", null, VariableSet.Empty)) return false;
                run.Park(scope, source, Errors.Uncaught(error.Code ?? "", null));
                return false;
            case CompensateDefinition compensate:
                return Compensation.Begin(run, scope, source, compensate, position);
            case CancelDefinition:
                run.Record(HistoryKind.Completed, source, 0);
                Compensation.BeginCancel(run, scope, source);
                return false;
            case TerminateDefinition:
                run.Record(HistoryKind.Completed, source, 0);
                run.CancelChildren(scope);
                Scopes.Emptied(run, scope);
                return false;
            default:
                return true;
        }
    }

    private static bool SendMessage(Run run, Node scope, EventNode source, MessageDefinition message)
    {
        if (EventNames.TryRead(run, scope.Id, message.Name, out var name, out var problem)
            && EventNames.TryReadKey(run, scope.Id, message.CorrelationKey, out var key, out problem)
            && Payloads.TryMake(run, scope.Id, source.Mappings, out var values, out problem))
        {
            run.Emit(new SendMessage(source, name, key, values));
            return true;
        }

        run.Park(scope, source, new(FlowChoice.Broken, problem, IncidentStage.Enter));
        return false;
    }

    private static bool SendSignal(Run run, Node scope, EventNode source, SignalDefinition signal)
    {
        if (EventNames.TryRead(run, scope.Id, signal.Name, out var name, out var problem)
            && Payloads.TryMake(run, scope.Id, source.Mappings, out var values, out problem))
        {
            run.Emit(new BroadcastSignal(source, name, values));
            Occurrences.Broadcast(run, name, values);
            return true;
        }

        run.Park(scope, source, new(FlowChoice.Broken, problem, IncidentStage.Enter));
        return false;
    }
}
