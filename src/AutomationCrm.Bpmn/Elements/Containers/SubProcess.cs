using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Elements.Containers;

/// <summary>A part of the diagram with its own scope.</summary>
public class SubProcess : Activity
{
    internal SubProcess(MarkupElement markup)
        : base(markup)
    {
    }

    public ScopeDefinition Content { get; internal set; } = null!;

    internal override ElementBehavior Behavior => SubProcessBehavior.Instance;
}

internal class SubProcessBehavior : ActivityBehavior
{
    public static readonly SubProcessBehavior Instance = new();

    public override void Start(Run run, Node node, FlowNode element)
    {
        var content = ((SubProcess)element).Content;
        if (!TryArmStarts(run, node, content, out var problem))
        {
            run.Subscriptions.Disarm(run, node);
            run.Raise(node, new(FlowChoice.Broken, problem, IncidentStage.Begin));
            return;
        }

        Open(run, node, element);
        if (node.Children == 0) Emptied(run, node, element);
    }

    protected virtual void Open(Run run, Node node, FlowNode element) => Scopes.Open(run, node, ((SubProcess)element).Content);

    public static bool TryArmStarts(Run run, Node node, ScopeDefinition content, out string problem)
    {
        problem = "";
        foreach (var start in content.ArmedStarts)
            if (!run.TryArm(node, start, start.Definitions, out problem)) return false;
        return true;
    }

    public override void Emptied(Run run, Node node, FlowNode element) => Complete(run, node, element, VariableSet.Empty);
}
