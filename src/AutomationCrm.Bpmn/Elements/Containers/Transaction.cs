using AutomationCrm.Bpmn.Markup;

namespace AutomationCrm.Bpmn.Elements.Containers;

/// <summary>A sub-process that can be given up as a whole: a cancel end undoes what it completed.</summary>
public sealed class Transaction : SubProcess
{
    internal Transaction(MarkupElement markup)
        : base(markup)
    {
    }
}
