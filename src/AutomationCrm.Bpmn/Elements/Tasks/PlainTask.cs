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

    /// <summary>True when the host is told about it, as a simulation wants.</summary>
    internal bool IsWork { get; set; }

    internal override ElementBehavior Behavior => IsWork ? WorkBehavior.Instance : PassingTaskBehavior.Instance;

    internal override bool IsInstant => !IsWork;
}
