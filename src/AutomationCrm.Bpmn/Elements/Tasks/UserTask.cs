using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Elements.Tasks;

/// <summary>Work for people: an assignment in the product.</summary>
public sealed class UserTask : Activity
{
    internal UserTask(MarkupElement markup)
        : base(markup)
    {
    }

    internal override ElementBehavior Behavior => WorkBehavior.Instance;
}
