using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>What is still to be done: last in, first out, so one token runs as far as it can before the next one moves.</summary>
internal sealed partial class Run
{
    private readonly Stack<WorkItem> agenda = new();

    // A signal nobody waits for yet is lost; parallel branches have no order, so those that wait come first.
    private readonly Queue<WorkItem> late = new();

    /// <summary>Sends a new token along a flow.</summary>
    public void Send(Node scope, SequenceFlow flow)
    {
        scope.Children++;
        History.Add(new(HistoryKind.Taken, flow.Index, 0));
        agenda.Push(new(WorkKind.Arrive, scope.Id, scope.Wave, flow.Target.Index, flow.Index));
    }

    /// <summary>Puts a new token before an element.</summary>
    public void Place(Node scope, FlowNode element)
    {
        scope.Children++;
        agenda.Push(new(WorkKind.Arrive, scope.Id, scope.Wave, element.Index, -1));
    }

    public void PlanNextInstance(Node body) => agenda.Push(new(WorkKind.NextInstance, body.Id, body.Wave, body.Element, -1));

    public void PlanLookingAtConditions()
    {
        if (IsLookingPlanned || !Model.HasConditionalEvents) return;
        IsLookingPlanned = true;
        agenda.Push(new(WorkKind.LookAtConditions, 0, 0, 0, -1));
    }

    /// <summary>Works until nothing moves any more: tokens first, then due timers, then waiting gateways.</summary>
    public void Settle()
    {
        var moves = 0;
        while (Status == InstanceStatus.Active)
        {
            if (agenda.TryPop(out var item))
            {
                if (++moves > Limits.Moves) throw new LimitReachedException("moves", $"The process made more than {Limits.Moves} moves without waiting; it probably loops.");
                if (agenda.Count > 0 && item.Kind == WorkKind.Arrive && Model.NodeArray[item.Element] is EventNode { ThrowsSignal: true }) late.Enqueue(item);
                else Do(item);
            }
            else if (late.TryDequeue(out item))
            {
                Do(item);
            }
            else if (DueNow.Count > 0)
            {
                if (++moves > Limits.Moves) throw new LimitReachedException("moves", $"Timers fired more than {Limits.Moves} times at once.");
                var id = DueNow[0];
                DueNow.RemoveAt(0);
                Subscriptions.Fire(this, id);
            }
            else if (!JoinsChanged || !Joins.FireOne(this))
            {
                break;
            }
        }

        agenda.Clear();
        late.Clear();
    }

    private void Do(in WorkItem item)
    {
        if (item.Kind == WorkKind.LookAtConditions)
        {
            Conditions.Look(this);
            return;
        }

        var scope = Own(item.Scope);
        if (scope is null || scope.Wave != item.Wave) return;
        var element = Model.NodeArray[item.Element];
        if (item.Kind == WorkKind.NextInstance) Loops.Next(this, scope, (Activity)element);
        else element.Behavior.Enter(this, scope, element, item.Flow < 0 ? null : Model.FlowArray[item.Flow]);
    }
}
