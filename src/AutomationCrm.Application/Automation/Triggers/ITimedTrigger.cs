using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Automation.Triggers;

/// <summary>A trigger whose event is a moment: one durable timer per item and trigger, set again when the moment moves. Nothing polls.</summary>
public interface ITimedTrigger : ITrigger
{
    /// <summary>When it is due for an item; null when it is not to be expected.</summary>
    DateTimeOffset? DueOf(object settings, TimedItem item);

    /// <summary>Whether a change of the item since its last event may have moved the moment.</summary>
    bool IsMovedBy(object settings, IReadOnlyList<FieldChange> changes);

    /// <summary>Whether it may fire when the moment lies in the past already at the time it is first asked.</summary>
    bool FiresLate(object settings);

    /// <summary>When to look again after it has fired without moving the item; null when it fires once.</summary>
    TimeSpan? AgainAfter(object settings);
}

/// <summary>An item as a timed trigger sees it.</summary>
/// <param name="ActiveAt">When somebody last did something with it; automation does not count.</param>
public sealed record TimedItem(Item Item, PortalSnapshot Portal, DateTimeOffset ActiveAt);
