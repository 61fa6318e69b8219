using AutomationCrm.Bpmn.Expressions;

namespace AutomationCrm.Bpmn.Elements.EventDefinitions;

/// <summary>What an event is about, independent of where it stands.</summary>
public abstract record EventDefinition
{
    /// <summary>The element of the file, for messages to people.</summary>
    internal string Kind { get; init; } = "";

    /// <summary>True when it waits for something from outside and therefore needs a subscription.</summary>
    internal virtual bool IsArmed => false;
}

/// <summary>A name as written, or computed when it is needed.</summary>
public sealed record EventName(string Text, Expression? Computed = null)
{
    public override string ToString() => Text;
}
