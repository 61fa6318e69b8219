using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Simulation;

/// <summary>What starts instances from outside: start events with a trigger, receive tasks and gateways with <c>instantiate</c>.</summary>
public static class Starts
{
    public static IEnumerable<(ProcessModel Model, FlowNode Start)> ByMessage(IEnumerable<ProcessModel> models, string name) =>
        Of(models, d => d is MessageDefinition message && message.Name.Text == name);

    public static IEnumerable<(ProcessModel Model, FlowNode Start)> BySignal(IEnumerable<ProcessModel> models, string name) =>
        Of(models, d => d is SignalDefinition signal && signal.Name.Text == name);

    /// <summary>Every element that can start an instance, with what it waits for.</summary>
    public static IEnumerable<(FlowNode Start, IReadOnlyList<EventDefinition> Definitions)> Triggers(ProcessModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var node in model.Scopes[0].Nodes)
        {
            switch (node)
            {
                case StartEvent { Definitions.Count: > 0 } start:
                    yield return (start, start.Definitions);
                    break;
                case ReceiveTask { Instantiates: true } receive:
                    yield return (receive, receive.Awaited);
                    break;
                case EventBasedGateway { Instantiates: true } gateway:
                    foreach (var flow in gateway.Outgoing) yield return (flow.Target, EventBasedGateway.AwaitedBy(flow.Target));
                    break;
            }
        }
    }

    private static IEnumerable<(ProcessModel Model, FlowNode Start)> Of(IEnumerable<ProcessModel> models, Func<EventDefinition, bool> fits) =>
        from model in models
        from trigger in Triggers(model)
        where trigger.Definitions.Any(fits)
        select (model, trigger.Start);
}
