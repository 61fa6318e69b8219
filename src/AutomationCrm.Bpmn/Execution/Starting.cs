using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>The first step of an instance.</summary>
internal static class Starting
{
    public static string? Start(Run run, StartInstance signal)
    {
        var content = run.Model.ScopeArray[0];
        FlowNode? trigger = null;
        if (signal.StartEventId is { } id)
        {
            trigger = run.Model.Find(id);
            if (trigger is null || trigger.Container != content || !CanStart(trigger)) return $"'{id}' does not start the process '{run.Model.Id}'.";
        }
        else if (content.Entries.Length == 0)
        {
            return $"The process '{run.Model.Id}' has no start event without a trigger.";
        }

        Open(run, signal, trigger);
        return null;
    }

    private static bool CanStart(FlowNode node) => node switch
    {
        StartEvent => true,
        ReceiveTask { Instantiates: true } => true,
        IntermediateCatchEvent or ReceiveTask => node.IncomingFlows is [{ Source: EventBasedGateway { Instantiates: true } }],
        _ => false,
    };

    private static void Open(Run run, StartInstance signal, FlowNode? trigger)
    {
        run.LastId = 1;
        run.Status = InstanceStatus.Active;
        var root = new Node { Id = 1, Parent = 0, Element = -1, Kind = NodeKind.Process, Epoch = run.Epoch, Data = new ScopeData(), Locals = signal.Variables };
        run.Nodes.Append(root);
        Begin(run, root, trigger);
    }

    /// <summary>Arms the event sub-processes and puts the first tokens; again after an incident that left nothing behind.</summary>
    public static void Begin(Run run, Node root, FlowNode? trigger)
    {
        var content = run.Model.ScopeArray[0];
        if (!SubProcessBehavior.TryArmStarts(run, root, content, out var problem))
        {
            run.Subscriptions.Disarm(run, root);
            run.Raise(root, new(FlowChoice.Broken, problem, IncidentStage.Begin));
            return;
        }

        if (trigger is null)
        {
            Scopes.Open(run, root, content);
            return;
        }

        if (content.ArmedStarts.Length > 0) run.PlanLookingAtConditions();
        AtTrigger(run, root, trigger);
    }

    // What started the instance has occurred: the token goes on behind it.
    private static void AtTrigger(Run run, Node root, FlowNode trigger)
    {
        if (trigger is StartEvent)
        {
            run.Place(root, trigger);
            return;
        }

        if (trigger.IncomingFlows is [{ Source: EventBasedGateway gateway }])
        {
            run.RecordPass(gateway);
            if (gateway.IsParallel)
            {
                foreach (var flow in gateway.OutgoingFlows)
                    if (flow.Target != trigger) run.Place(root, flow.Target);
            }
        }

        root.Children++;
        run.Pass(root, trigger);
    }
}
