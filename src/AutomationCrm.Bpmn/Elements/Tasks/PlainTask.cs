using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Elements.Tasks;

/// <summary>A task without a kind; the token passes.</summary>
public sealed class PlainTask : Activity
{
    internal PlainTask(MarkupElement markup)
        : base(markup)
    {
    }

    internal override ElementBehavior Behavior => PassingTaskBehavior.Instance;

    internal override bool IsInstant => true;
}
