using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Markup;
using AutomationCrm.Bpmn.Model.Extensions;

namespace AutomationCrm.Bpmn.Model;

/// <summary>A node of the diagram that a token can reach. Made by the compiler, frozen afterwards.</summary>
public abstract class FlowNode
{
    private protected FlowNode(MarkupElement markup)
    {
        Markup = markup;
        Id = markup.Id ?? "";
        Name = markup["name"];
        EncodedId = System.Text.Json.JsonEncodedText.Encode(Id);
    }

    public string Id { get; }

    public string? Name { get; }

    /// <summary>The element as it stands in the file, extensions included.</summary>
    public MarkupElement Markup { get; }

    /// <summary>Position in <see cref="ProcessModel.Nodes"/>.</summary>
    public int Index { get; internal set; }

    /// <summary>The process or sub-process it is drawn in.</summary>
    public ScopeDefinition Container { get; internal set; } = null!;

    public IReadOnlyList<SequenceFlow> Incoming => IncomingFlows;

    public IReadOnlyList<SequenceFlow> Outgoing => OutgoingFlows;

    /// <summary>Robot, assignment, vote, deadline and form of our own namespace.</summary>
    public ElementExtensions Extensions { get; internal set; } = ElementExtensions.None;

    public SequenceFlow? DefaultFlow { get; internal set; }

    /// <summary>Local name in BPMN, for messages to people.</summary>
    public string Kind => Markup.LocalName;

    /// <summary>The id as it is written into states.</summary>
    internal System.Text.Json.JsonEncodedText EncodedId { get; }

    internal SequenceFlow[] IncomingFlows { get; set; } = [];

    internal SequenceFlow[] OutgoingFlows { get; set; } = [];

    internal virtual SplitRule Split => SplitRule.Conditional;

    internal abstract ElementBehavior Behavior { get; }

    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>Which outgoing flows a token takes.</summary>
internal enum SplitRule
{
    /// <summary>Unconditional ones and true conditions; the default if no condition holds.</summary>
    Conditional,

    /// <summary>The first true condition, else the default.</summary>
    FirstTrue,

    /// <summary>Every one, conditions ignored.</summary>
    All,
}
