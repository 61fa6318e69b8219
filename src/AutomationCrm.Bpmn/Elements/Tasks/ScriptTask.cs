using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Elements.Tasks;

/// <summary>Computes an expression into a variable; or is work of the host when the model was compiled so.</summary>
public sealed class ScriptTask : Activity
{
    internal ScriptTask(MarkupElement markup)
        : base(markup)
    {
    }

    /// <summary>Null when the host does the work.</summary>
    public Expression? Script { get; internal set; }

    public string? ResultVariable { get; internal set; }

    internal override ElementBehavior Behavior => Script is null ? WorkBehavior.Instance : ScriptTaskBehavior.Instance;
}

internal sealed class ScriptTaskBehavior : ActivityBehavior
{
    public static readonly ScriptTaskBehavior Instance = new();

    public override void Start(Run run, Node node, FlowNode element)
    {
        var task = (ScriptTask)element;
        if (run.TryEvaluate(task.Script!, node.Id, out var value, out var problem))
        {
            Complete(run, node, element, task.ResultVariable is { } name ? VariableSet.Of(name, value) : VariableSet.Empty);
            return;
        }

        run.Subscriptions.Disarm(run, node);
        run.Raise(node, new(FlowChoice.Broken, problem, IncidentStage.Begin));
    }
}
