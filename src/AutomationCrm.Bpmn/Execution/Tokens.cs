using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;

namespace AutomationCrm.Bpmn.Execution;

/// <summary>The moves of a token: leave an element, vanish, wait for a person.</summary>
internal static class Tokens
{
    /// <summary>The token at a passed element goes on; it is replaced by the tokens on the flows out.</summary>
    public static void Leave(this Run run, Node scope, FlowNode element)
    {
        if (run.TrySendOn(scope, element, out var code, out var problem)) run.Consume(scope);
        else run.Park(scope, element, new(code, problem, IncidentStage.Leave));
    }

    /// <summary>Records that the element was passed and goes on.</summary>
    public static void Pass(this Run run, Node scope, FlowNode element)
    {
        run.RecordPass(element);
        run.Leave(scope, element);
    }

    /// <summary>Sends tokens along the flows out; the one that stood at the element is still counted.</summary>
    public static bool TrySendOn(this Run run, Node scope, FlowNode element, out string code, out string problem)
    {
        (code, problem) = ("", "");
        var outgoing = element.OutgoingFlows;
        if (outgoing.Length == 0) return true;
        var times = element is Activity activity ? activity.CompletionQuantity : 1;
        if (outgoing.Length == 1 && outgoing[0].Condition is null)
        {
            for (var t = 0; t < times; t++) run.Send(scope, outgoing[0]);
            return true;
        }

        if (!FlowChoice.TryChoose(run, scope.Id, element, out code, out problem)) return false;
        for (var i = run.Chosen.Count - 1; i >= 0; i--)
            for (var t = 0; t < times; t++) run.Send(scope, run.Chosen[i]);
        return true;
    }

    /// <summary>One token or child of the scope is gone; the last one ends the scope.</summary>
    public static void Consume(this Run run, Node scope)
    {
        run.JoinsChanged = true;
        if (--scope.Children > 0 || scope.IsRemoved) return;
        Scopes.Emptied(run, scope);
    }

    /// <summary>A counted token that is not recorded anywhere waits for a person.</summary>
    public static void Park(this Run run, Node scope, FlowNode element, Incident incident)
    {
        var node = run.Add(scope, element.Index, NodeKind.Parked);
        run.Raise(node, incident);
    }

    public static void Raise(this Run run, Node node, Incident incident)
    {
        node.Incident = incident;
        run.Emit(new RaiseIncident(node.Id, node.Element < 0 ? null : run.ElementOf(node), incident.Code, incident.Message));
    }
}
