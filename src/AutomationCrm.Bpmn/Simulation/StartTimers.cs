using AutomationCrm.Bpmn.Elements.EventDefinitions;
using AutomationCrm.Bpmn.Execution;
using AutomationCrm.Bpmn.Expressions;
using AutomationCrm.Bpmn.Model;
using AutomationCrm.Bpmn.Timing;
using AutomationCrm.Bpmn.Values;

namespace AutomationCrm.Bpmn.Simulation;

/// <summary>Timer start events of all processes, armed when the simulation begins.</summary>
internal sealed class StartTimers
{
    private readonly List<Entry> entries = [];
    private readonly TimeZoneInfo zone;

    public StartTimers(IEnumerable<ProcessModel> models, DateTimeOffset now, TimeZoneInfo zone)
    {
        this.zone = zone;
        foreach (var model in models)
        {
            foreach (var (start, definitions) in Starts.Triggers(model))
            {
                foreach (var timer in definitions.OfType<TimerDefinition>())
                {
                    if (TryPlan(timer, now, model.Options.MinimumRepeat, out var plan)) entries.Add(new(model, start, plan.Due, plan.Times, plan.Cycle));
                }
            }
        }
    }

    public Entry? Next => entries.MinBy(e => e.Due);

    /// <summary>The next one has fired.</summary>
    public void Take(DateTimeOffset now)
    {
        var fired = Next!;
        entries.Remove(fired);
        if (fired.Cycle is null || fired.Times == 1 || TimerPlan.Next(fired.Cycle, fired.Due, now, zone, out _) is not { } next) return;
        entries.Add(fired with { Due = next, Times = fired.Times < 0 ? -1 : fired.Times - 1 });
    }

    private bool TryPlan(TimerDefinition timer, DateTimeOffset now, TimeSpan minimumRepeat, out TimerPlan plan)
    {
        plan = default;
        try
        {
            return TimerPlan.TryRead(timer.When.Evaluate(NoVariables.Instance).ToString()!, now, zone, minimumRepeat, out plan, out _);
        }
        catch (ExpressionException)
        {
            return false;
        }
    }

    internal sealed record Entry(ProcessModel Model, FlowNode Event, DateTimeOffset Due, int Times, string? Cycle);

    private sealed class NoVariables : IVariableReader
    {
        public static readonly NoVariables Instance = new();

        public Datum? Find(string name) => null;
    }
}
