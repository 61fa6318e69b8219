using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Elements.Tasks;

/// <summary>Work outside the system; the token passes.</summary>
public sealed class ManualTask : Activity
{
    internal ManualTask(MarkupElement markup)
        : base(markup)
    {
    }

    internal override ElementBehavior Behavior => PassingTaskBehavior.Instance;

    internal override bool IsInstant => true;
}
