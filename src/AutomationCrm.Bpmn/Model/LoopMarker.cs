using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Expressions;

namespace AutomationCrm.Bpmn.Model;

/// <summary>How an activity repeats.</summary>
public abstract record LoopMarker;

/// <summary>The standard loop: while the condition holds, at most <paramref name="Maximum"/> times.</summary>
public sealed record StandardLoop(bool TestBefore, Expression? Condition, Expression? Maximum) : LoopMarker;

/// <summary>One instance per item of a collection, or a number of instances; loopCounter counts from 1.</summary>
public sealed record MultiInstance : LoopMarker
{
    public required bool IsSequential { get; init; }

    public Expression? Cardinality { get; init; }

    public Expression? Collection { get; init; }

    public string? ElementVariable { get; init; }

    /// <summary>A second name for the element, when the diagram gives it both an id and a name.</summary>
    public string? ElementAlias { get; init; }

    public Expression? CompletionCondition { get; init; }

    /// <summary>Variable that receives the list of results, in the order of the input.</summary>
    public string? OutputCollection { get; init; }

    public Expression? OutputElement { get; init; }

    /// <summary>When instances throw an event as they complete: BPMN's <c>behavior</c>.</summary>
    public MultiInstanceBehavior Behavior { get; init; } = MultiInstanceBehavior.All;

    /// <summary>The event thrown for behaviors <c>None</c> and <c>One</c>.</summary>
    public EventDefinition? Event { get; init; }

    /// <summary>For behavior <c>Complex</c>: conditions with the events they throw.</summary>
    public IReadOnlyList<ComplexBehavior> ComplexBehaviors { get; init; } = [];
}

public enum MultiInstanceBehavior
{
    All,
    None,
    One,
    Complex,
}

/// <summary>When the condition holds as an instance completes, the event is thrown.</summary>
public sealed record ComplexBehavior(Expression Condition, EventDefinition Event);
