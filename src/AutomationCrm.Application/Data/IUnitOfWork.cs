using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Data;

/// <summary>
/// What command handlers work with: items they load and change, rows they add. Nothing is written before the outermost command ends;
/// then item, event, history, planned runs and jobs go out in one batch and one commit.
/// </summary>
public interface IUnitOfWork
{
    ChangeSet Changes { get; }

    Caller Caller { get; }

    /// <summary>The configuration, at least as new as every item loaded here.</summary>
    PortalSnapshot Portal { get; }

    /// <summary>The moment of this command; one value for all its rows.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The item as this unit sees it; throws <c>NotFoundException</c>.</summary>
    ValueTask<Item> GetItemAsync(ItemRef item, CancellationToken ct);

    ValueTask<Item?> FindItemAsync(ItemRef item, CancellationToken ct);

    /// <summary>Loads several items with one question.</summary>
    ValueTask LoadItemsAsync(IReadOnlyCollection<ItemRef> items, CancellationToken ct);

    /// <summary>Loads the items of the lanes at work and locks their rows until the commit.</summary>
    ValueTask LockItemsAsync(IReadOnlyCollection<ItemRef> items, CancellationToken ct);

    /// <summary>
    /// Opens the command's transaction now and locks items, so that their lanes stand still until the commit; what is read
    /// afterwards about their runs stays true. To be called before anything else is loaded.
    /// </summary>
    ValueTask LockForCommandAsync(IReadOnlyCollection<ItemRef> items, CancellationToken ct);

    /// <summary>A new item with its id; it is written with the unit.</summary>
    ValueTask<Item> CreateItemAsync(ItemType type, CancellationToken ct);

    /// <summary>Takes in an item that is added again under its number; it is written with the unit.</summary>
    void Adopt(Item item);

    /// <summary>The id of a new row of any table but the items'.</summary>
    ValueTask<long> NextIdAsync(CancellationToken ct);

    /// <summary>The id of a new row that has a lane of its own.</summary>
    ValueTask<long> NextLaneIdAsync(CancellationToken ct);

    /// <summary>
    /// The next number of a series, from 1, without gaps: the series stays locked until the commit, and a step that is rolled back gives its
    /// number to the next one. Opens the command's transaction.
    /// </summary>
    ValueTask<long> TakeNumberAsync(string series, CancellationToken ct);

    /// <summary>Tells triggers and waits what happened to an item beside changes of its fields; they plan in this unit's transaction.</summary>
    void Raise(Happening happened);

    /// <summary>Runs after the reactions to the present events, in the same unit: a trigger moves the item once more.</summary>
    void Follow(Func<CancellationToken, Task> next);

    /// <summary>Says to browsers after the commit that something they may show has changed.</summary>
    void Hint(string topic);
}
