using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model;

namespace AutomationCrm.Bpmn.Elements.Tasks;

/// <summary>Sends something: the host does it, with the message named in the diagram if there is one.</summary>
public sealed class SendTask : Activity
{
    internal SendTask(MarkupElement markup)
        : base(markup)
    {
    }

    public MessageDefinition? Message { get; internal set; }

    internal override ElementBehavior Behavior => WorkBehavior.Instance;
}
