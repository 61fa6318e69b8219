using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Elements.Tasks;

/// <summary>A decision the host takes.</summary>
public sealed class BusinessRuleTask : Activity
{
    internal BusinessRuleTask(MarkupElement markup)
        : base(markup)
    {
    }

    internal override ElementBehavior Behavior => WorkBehavior.Instance;
}
