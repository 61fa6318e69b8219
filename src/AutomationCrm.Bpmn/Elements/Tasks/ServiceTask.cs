using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Elements.Tasks;

/// <summary>Work of a robot.</summary>
public sealed class ServiceTask : Activity
{
    internal ServiceTask(MarkupElement markup)
        : base(markup)
    {
    }

    internal override ElementBehavior Behavior => WorkBehavior.Instance;
}
