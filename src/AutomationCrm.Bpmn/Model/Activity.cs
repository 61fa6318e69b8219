using AutomationCrm.Bpmn.Elements.Events;
using AutomationCrm.Bpmn.Markup;

namespace AutomationCrm.Bpmn.Model;

/// <summary>A task, sub-process or call: something that starts, lasts and ends, and that can be repeated, watched and undone.</summary>
public abstract class Activity : FlowNode
{
    private protected Activity(MarkupElement markup)
        : base(markup)
    {
    }

    /// <summary>The repetition marker, or null.</summary>
    public LoopMarker? Loop { get; internal set; }

    public IReadOnlyList<BoundaryEvent> BoundaryEvents => Boundaries;

    /// <summary>True when it only runs to undo another activity.</summary>
    public bool IsForCompensation { get; internal set; }

    /// <summary>What undoes it, or null.</summary>
    public Activity? CompensationHandler { get; internal set; }

    public IReadOnlyList<Mapping> Inputs { get; internal set; } = [];

    public IReadOnlyList<Mapping> Outputs { get; internal set; } = [];

    /// <summary>Tokens it takes to start it once.</summary>
    public int StartQuantity { get; internal set; } = 1;

    /// <summary>Tokens it sends along each way out.</summary>
    public int CompletionQuantity { get; internal set; } = 1;

    internal BoundaryEvent[] Boundaries { get; set; } = [];

    /// <summary>Boundary events that wait for something from outside: message, timer, signal, condition.</summary>
    internal BoundaryEvent[] ArmedBoundaries { get; set; } = [];

    /// <summary>True when the inputs go out with the command and are no variables of the activity.</summary>
    internal virtual bool KeepsInputsApart => false;

    /// <summary>True when a token may pass without the activity being recorded in the state.</summary>
    internal virtual bool IsInstant => false;

    internal bool IsPlain { get; set; }
}
