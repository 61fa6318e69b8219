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

    /// <summary>Name of the interface operation the diagram asks for, or null.</summary>
    public string? Operation { get; internal set; }

    internal override ElementBehavior Behavior => WorkBehavior.Instance;
}
