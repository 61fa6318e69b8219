using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Robots;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Automation.Waits;

/// <summary>Tells whoever waits what has happened. It asks nothing: the writing statement finds those who watch, in the writer's transaction.</summary>
internal sealed class SignalReaction : IReaction, IHappeningReaction
{
    public bool Interested(ItemEvent happened) => happened is ItemChanged or StageChanged;

    public bool Interested(string code) => true;

    public ValueTask PlanAsync(ItemEvent happened, Item item, IUnitOfWork work, CancellationToken ct)
    {
        foreach (var change in happened.Changes) work.Changes.Add(work.Changes.Signals, new Signal(item.Ref, WaitSignal.FieldPrefix + change.Code, null));
        return ValueTask.CompletedTask;
    }

    public ValueTask PlanAsync(Happening happened, IUnitOfWork work, CancellationToken ct)
    {
        work.Changes.Add(work.Changes.Signals, new Signal(happened.Item, happened.Code, TypedJson.Write(happened.Facts)));
        return ValueTask.CompletedTask;
    }
}
