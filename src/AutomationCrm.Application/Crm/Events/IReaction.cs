using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Crm.Events;

/// <summary>
/// Something that answers to events: stage automation, later triggers, waits, process starts, outgoing events (contract C7). It plans
/// rows and jobs in the transaction of the event and has no effect of its own.
/// </summary>
public interface IReaction
{
    bool Interested(ItemEvent happened);

    ValueTask PlanAsync(ItemEvent happened, Item item, IUnitOfWork work, CancellationToken ct);
}
