using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.State;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Elements.Containers;

/// <summary>
/// Activities that people choose from, in any order and as often as they like. Ends when its condition holds after an activity;
/// without a condition when every offered activity has completed once and nothing runs, or when a person says so.
/// </summary>
public sealed class AdHocSubProcess : SubProcess
{
    internal AdHocSubProcess(MarkupElement markup)
        : base(markup)
    {
    }

    public bool IsSequential { get; internal set; }

    public Expression? CompletionCondition { get; internal set; }

    public bool CancelsRemaining { get; internal set; } = true;

    /// <summary>Activities without a way in.</summary>
    public IReadOnlyList<Activity> Offered { get; internal set; } = [];

    internal override ElementBehavior Behavior => AdHocSubProcessBehavior.Instance;
}

internal sealed class AdHocSubProcessBehavior : SubProcessBehavior
{
    public static new readonly AdHocSubProcessBehavior Instance = new();

    public override void Start(Run run, Node node, FlowNode element)
    {
        var adHoc = (AdHocSubProcess)element;
        if (!TryArmStarts(run, node, adHoc.Content, out var problem))
        {
            run.Subscriptions.Disarm(run, node);
            run.Raise(node, new(FlowChoice.Broken, problem, IncidentStage.Begin));
            return;
        }

        run.Emit(new OfferActivities(node.Id, [.. adHoc.Offered.Select(a => a.Id)]));
    }

    /// <summary>Null when the activity was started, else the reason why not.</summary>
    public static string? Choose(Run run, Node node, string activityId)
    {
        var adHoc = (AdHocSubProcess)run.ElementOf(node);
        if (adHoc.Offered.FirstOrDefault(a => a.Id == activityId) is not { } activity) return $"'{activityId}' is not offered by '{adHoc.Id}'.";
        if (adHoc.IsSequential && node.Children > 0) return $"'{adHoc.Id}' does one thing at a time and something is still running.";
        run.Place(node, activity);
        return null;
    }

    /// <summary>After an inner activity: true when the sub-process is over and the token is taken care of.</summary>
    public static bool HasEnded(Run run, Node node, Activity done)
    {
        var adHoc = (AdHocSubProcess)run.ElementOf(node);
        ((ScopeData)node.Data!).Done!.Add(done.Index);
        if (adHoc.CompletionCondition is not { } condition) return false;
        if (!run.TryTest(condition, node.Id, out var isTrue, out var problem, nullIsFalse: true))
        {
            run.Park(node, done, new(FlowChoice.Broken, problem, IncidentStage.Leave));
            return true;
        }

        if (!isTrue || (!adHoc.CancelsRemaining && node.Children > 1)) return false;
        End(run, node, adHoc);
        return true;
    }

    public override void Emptied(Run run, Node node, FlowNode element)
    {
        var adHoc = (AdHocSubProcess)element;
        var done = ((ScopeData)node.Data!).Done!;
        var isOver = adHoc.CompletionCondition is { } condition
            ? run.TryTest(condition, node.Id, out var isTrue, out _, nullIsFalse: true) && isTrue
            : adHoc.Offered.All(a => done.Contains(a.Index));
        if (isOver || node.IsInterrupted) End(run, node, adHoc);
        else run.Emit(new OfferActivities(node.Id, [.. adHoc.Offered.Select(a => a.Id)]));
    }

    public static void End(Run run, Node node, AdHocSubProcess adHoc)
    {
        run.CancelChildren(node);
        Activities.Complete(run, node, adHoc, VariableSet.Empty);
    }
}
