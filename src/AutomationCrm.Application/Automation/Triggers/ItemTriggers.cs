using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using AutomationCrm.Domain.Crm.Fields;
using AutomationCrm.Expressions.Values;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>
/// Triggers on changes of an item, before its stage's robots: another responsible person first, then changed fields. When one applies,
/// robots start through its move only; a trigger's own move asks no further trigger (reference bitrix-automation 2.1).
/// </summary>
internal sealed class ItemTriggers(TriggerIndex.Book book, TriggerJudge judge, TriggerHand hand, TriggerMarks marks) : IReaction
{
    public bool Interested(ItemEvent happened) => happened is ItemChanged or StageChanged;

    public async ValueTask PlanAsync(ItemEvent happened, Item item, IUnitOfWork work, CancellationToken ct)
    {
        if (!item.Type.HasStages || work.Caller.Quiet || work.Caller.Origin == Origin.Trigger) return;

        var index = book.Of(work.Portal);
        if (await ResponsibleAsync(happened, item, work, ct) || await FieldsAsync(index, happened, item, work, ct)) marks.Add(happened);
    }

    private async ValueTask<bool> ResponsibleAsync(ItemEvent happened, Item item, IUnitOfWork work, CancellationToken ct)
    {
        if (happened.Changes.FirstOrDefault(c => c.Code == FieldCodes.Responsible) is not { } change || change.Old == change.New) return false;

        var facts = new Dictionary<string, Value> { ["From"] = change.Old, ["To"] = change.New };
        return await AskAsync(new(TriggerEvents.ResponsibleChanged, facts, happened.Changes), item, work, ct);
    }

    private async ValueTask<bool> FieldsAsync(TriggerIndex index, ItemEvent happened, Item item, IUnitOfWork work, CancellationToken ct)
    {
        if (index.Of(item.Ref.TypeId, item.PipelineId, TriggerEvents.FieldChanged).Count == 0) return false;

        var facts = new Dictionary<string, Value> { ["Fields"] = Value.Of(happened.Changes.Where(c => c.Old != c.New).Select(c => Value.Of(c.Code))) };
        return await AskAsync(new(TriggerEvents.FieldChanged, facts, happened.Changes), item, work, ct);
    }

    private async ValueTask<bool> AskAsync(TriggerEvent happened, Item item, IUnitOfWork work, CancellationToken ct) =>
        await judge.DecideAsync(item, happened, work, ct) is { } decision && await hand.PlanAsync(decision, item, work, ct);
}
