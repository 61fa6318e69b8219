using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Elements.Tasks;

/// <summary>Runs another process, or a global task, as one activity.</summary>
public sealed class CallActivity : Activity
{
    internal CallActivity(MarkupElement markup)
        : base(markup)
    {
    }

    /// <summary>Id of the process, as written or computed.</summary>
    public EventName ProcessId { get; internal set; } = new("");

    /// <summary>Which version the host takes: <c>deployment</c>, <c>latest</c> or <c>version:3</c>.</summary>
    public string Binding { get; internal set; } = "deployment";

    /// <summary>Local name of the global task that is called instead of a process, or null.</summary>
    public string? GlobalTask { get; internal set; }

    internal bool SharesVariables { get; set; }

    internal override bool KeepsInputsApart => GlobalTask is null;

    internal override ElementBehavior Behavior => GlobalTask switch
    {
        null => CallActivityBehavior.Instance,
        "globalTask" or "globalManualTask" => PassingTaskBehavior.Instance,
        _ => WorkBehavior.Instance,
    };
}

internal sealed class CallActivityBehavior : ActivityBehavior
{
    public static readonly CallActivityBehavior Instance = new();

    public override void Start(Run run, Node node, FlowNode element)
    {
        var call = (CallActivity)element;
        if (run.Depth >= run.Limits.CallDepth)
        {
            Fail(run, node, "call-depth", $"Processes call each other deeper than {run.Limits.CallDepth} levels.");
            return;
        }

        if (!EventNames.TryRead(run, node.Id, call.ProcessId, out var processId, out var problem)
            || !Payloads.TryMake(run, node.Id, call.Inputs, out var values, out problem))
        {
            Fail(run, node, FlowChoice.Broken, problem);
            return;
        }

        if (call.SharesVariables && call.Inputs.Count == 0) values = run.Visible(node.Id);
        run.Emit(new CallProcess(node.Id, call, processId, run.Depth + 1, values));
    }

    public override void Complete(Run run, Node node, FlowNode element, VariableSet results)
    {
        var call = (CallActivity)element;
        Activities.Complete(run, node, call, call.Outputs.Count > 0 || call.SharesVariables ? results : VariableSet.Empty);
    }

    public override void Cancelled(Run run, Node node, FlowNode element) => run.Emit(new CancelCall(node.Id, (Activity)element));

    private static void Fail(Run run, Node node, string code, string problem)
    {
        run.Subscriptions.Disarm(run, node);
        run.Raise(node, new(code, problem, IncidentStage.Begin));
    }
}
