using System.Collections.Immutable;
using AutomationCrm.Bpmn.Elements.Containers;
using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Elements.Gateways;
using AutomationCrm.Bpmn.Elements.Tasks;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Migration;

/// <summary>Brings the subscriptions of a moved state in line with the new version. Where nothing changed, numbers and due times stay.</summary>
internal static class Rearming
{
    public static MigrationResult Rearm(ProcessModel from, ProcessModel to, ProcessState state, MigrationPlan plan, DateTimeOffset now)
    {
        var run = new Run();
        run.Load(to, state, new SetVariables { Now = now }, ExecutionLimits.Default);
        var problems = new List<MigrationProblem>();
        var old = state.SubscriptionRows.ToArray();
        run.Subscriptions.Clear();
        foreach (var subscription in old)
            if (Keep(from, to, run, plan, subscription) is { } same) run.Subscriptions.Append(same);
            else Arming.TellGone(run, subscription);
        for (var i = 0; i < run.Nodes.Count; i++) Complete(run, run.OwnAt(i), problems);
        if (problems.Count > 0) return new(null, [], problems);
        var result = new ProcessState
        {
            ProcessId = to.Id,
            Status = state.Status,
            Version = run.Epoch,
            Depth = state.Depth,
            LastId = run.LastId,
            Nodes = run.Nodes.Freeze(),
            NodeCount = run.Nodes.Count,
            Subscriptions = run.Subscriptions.Freeze(),
            SubscriptionCount = run.Subscriptions.Count,
        };
        return new(result, [.. run.Commands, .. run.DueNow.Select(id => Due(run, id))], []);
    }

    // What is already due fires with the next signal of the host instead of in the middle of a migration.
    private static ArmTimer Due(Run run, int id)
    {
        var timer = run.Subscriptions.Find(id)!;
        return new(id, run.Model.NodeArray[timer.Element], timer.Due);
    }

    private static Subscription? Keep(ProcessModel from, ProcessModel to, Run run, MigrationPlan plan, Subscription subscription)
    {
        var source = from.NodeArray[subscription.Element];
        if (plan.Target(to, source) is not { } target || run.Nodes.Find(subscription.Owner) is not { } owner) return null;
        if (!Sources(run, owner).Contains(target)) return null;
        var definitions = EventBasedGateway.AwaitedBy(target);
        if (subscription.Definition >= definitions.Count || !SameKind(subscription.Kind, definitions[subscription.Definition])) return null;
        return subscription with { Element = target.Index };
    }

    private static bool SameKind(SubscriptionKind kind, EventDefinition definition) => kind switch
    {
        SubscriptionKind.Message => definition is MessageDefinition,
        SubscriptionKind.Signal => definition is SignalDefinition,
        SubscriptionKind.Timer => definition is TimerDefinition,
        _ => definition is ConditionalDefinition,
    };

    private static void Complete(Run run, Node node, List<MigrationProblem> problems)
    {
        var block = run.Subscriptions.Rows.ToArray().Where(s => s.Owner == node.Id).ToList();
        node.FirstSubscription = block.Count > 0 ? block[0].Id : 0;
        var missing = Sources(run, node).Where(s => !block.Exists(b => b.Element == s.Index) && !HasFired(s)).ToList();
        if (missing.Count == 0) return;

        // The subscriptions of a node are one block of numbers, so the kept ones move behind together with the new ones.
        foreach (var subscription in block)
        {
            Arming.TellGone(run, subscription);
            run.Subscriptions.RemoveRange(run.Subscriptions.IndexOf(subscription.Id), 1);
        }

        node.FirstSubscription = 0;
        foreach (var subscription in block)
        {
            var again = subscription with { Id = ++run.LastId };
            if (node.FirstSubscription == 0) node.FirstSubscription = again.Id;
            run.Subscriptions.Append(again);
            Arming.Tell(run, again, run.Model.NodeArray[again.Element], 0);
        }

        foreach (var source in missing)
        {
            if (!run.TryArm(node, source, EventBasedGateway.AwaitedBy(source), out var problem)) problems.Add(new(node.Id, source.Id, problem));
        }
    }

    // A side timer that is no longer armed has fired; arming it again would fire it twice.
    private static bool HasFired(FlowNode source) => source is BoundaryEvent { IsInterrupting: false } or StartEvent { IsInterrupting: false } && source is EventNode { Definitions: [TimerDefinition] };

    /// <summary>The events a node watches in its version.</summary>
    private static IEnumerable<FlowNode> Sources(Run run, Node node)
    {
        if (node.Incident?.Stage is IncidentStage.Begin or IncidentStage.Leave || node.Kind is NodeKind.Join or NodeKind.Parked or NodeKind.Undoing) return [];
        var element = node.Element < 0 ? null : run.ElementOf(node);
        var sources = new List<FlowNode>();
        if (element is Activity activity && node.LoopIndex == 0) sources.AddRange(activity.ArmedBoundaries);
        if (node.Kind == NodeKind.Process && !node.IsInterrupted) sources.AddRange(run.Model.ScopeArray[0].ArmedStarts);
        if (node.Kind == NodeKind.Scope && element is SubProcess sub && !node.IsInterrupted) sources.AddRange(sub.Content.ArmedStarts);
        if (node.Kind == NodeKind.Waiting && element is IntermediateCatchEvent or ReceiveTask) sources.Add(element);
        if (node.Kind == NodeKind.Waiting && element is EventBasedGateway gateway) sources.AddRange(gateway.OutgoingFlows.Select(f => f.Target));
        return sources;
    }
}
