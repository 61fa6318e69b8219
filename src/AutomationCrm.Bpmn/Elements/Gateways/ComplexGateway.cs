using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Elements.Gateways;

/// <summary>
/// Goes on once when its activation condition holds (<c>activationCount</c> is the number of tokens that arrived), then takes in
/// the tokens that can still come before it can go on again. Without a condition it joins like an inclusive gateway.
/// </summary>
public sealed class ComplexGateway : FlowNode
{
    internal ComplexGateway(MarkupElement markup)
        : base(markup)
    {
    }

    public Expression? ActivationCondition { get; internal set; }

    internal override ElementBehavior Behavior => ComplexGatewayBehavior.Instance;
}

internal sealed class ComplexGatewayBehavior : ElementBehavior
{
    public static readonly ComplexGatewayBehavior Instance = new();

    public override void Enter(Run run, Node scope, FlowNode element, SequenceFlow? via)
    {
        if (element.IncomingFlows.Length < 2 || via is null || Joins.Hold(run, scope, element, via) is not { } join) run.Pass(scope, element);
        else Consider(run, scope, join, (ComplexGateway)element);
    }

    /// <summary>Fires if the activation condition holds.</summary>
    public static void Consider(Run run, Node scope, Node join, ComplexGateway gateway)
    {
        var data = (JoinData)join.Data!;
        if (data.HasFired || gateway.ActivationCondition is not { } condition) return;
        join.Locals = VariableSet.Of("activationCount", Datum.Of(data.Arrived.Sum()));
        if (!run.TryTest(condition, join.Id, out var isTrue, out var problem, nullIsFalse: true))
        {
            run.Raise(join, new(FlowChoice.Broken, problem, IncidentStage.Enter));
            return;
        }

        if (!isTrue) return;
        TakeOneEach(data);
        data.HasFired = true;
        run.JoinsChanged = true;
        scope.Children++;
        run.Pass(scope, gateway);
    }

    /// <summary>No token can come any more that it would have to wait for. False when there is nothing to do.</summary>
    public static bool Unblocked(Run run, Node scope, Node join, ComplexGateway gateway)
    {
        var data = (JoinData)join.Data!;
        if (gateway.ActivationCondition is null)
        {
            Joins.Fire(run, scope, join, gateway);
            return true;
        }

        if (!data.HasFired) return false;
        for (var i = 0; i < data.Arrived.Length; i++)
            if (!data.Used[i] && data.Arrived[i] > 0) data.Arrived[i]--;
        Array.Clear(data.Used);
        data.HasFired = false;
        if (data.Arrived.Sum() == 0)
        {
            Joins.Drop(run, scope, join);
            run.Consume(scope);
        }
        else
        {
            Consider(run, scope, join, gateway);
        }

        return true;
    }

    private static void TakeOneEach(JoinData data)
    {
        for (var i = 0; i < data.Arrived.Length; i++)
        {
            if (data.Arrived[i] == 0) continue;
            data.Arrived[i]--;
            data.Used[i] = true;
        }
    }
}
