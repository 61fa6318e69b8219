using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Lanes;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>Passes what happened to an item into its lane, where its triggers are asked. Without a trigger for it nothing is written.</summary>
internal sealed class TriggerHappenings(TriggerIndex.Book book) : IHappeningReaction
{
    public bool Interested(string code) => true;

    public ValueTask PlanAsync(Happening happened, IUnitOfWork work, CancellationToken ct)
    {
        if (work.Caller.Quiet) return ValueTask.CompletedTask;

        var index = book.Of(work.Portal);
        if (index.Knows(happened.Code)) Ask(happened.Code, happened.Facts, happened, work);
        if (happened.Code == HappeningCodes.TaskClosed && index.Knows(TriggerEvents.LinkedClosed))
            Ask(TriggerEvents.LinkedClosed, new Dictionary<string, Value> { [LinkedItems.What] = Value.Of(LinkedItems.Tasks) }, happened, work);
        return ValueTask.CompletedTask;
    }

    private static void Ask(string code, IReadOnlyDictionary<string, Value> facts, Happening happened, IUnitOfWork work) =>
        work.Changes.Add(work.Changes.Jobs, new NewJob(LaneId.Of(happened.Item), TriggerCall.Kind, TriggerCall.Of(code, facts, work.Caller).ToJson()));
}
