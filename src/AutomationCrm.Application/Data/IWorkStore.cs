using AutomationCrm.Application.Lanes;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Data;

/// <summary>Items read together with the stamp of the configuration (see <see cref="Portal.IPortal"/>).</summary>
public sealed record LoadedItems(long Stamp, IReadOnlyList<Item> Items);

/// <summary>The answer of a command that carries a client-made id.</summary>
public sealed record CommandAnswer(Guid CommandId, string AnswerJson);

/// <summary>What leaves a lane: its token, and how many jobs are done (their numbers).</summary>
public sealed record LaneCompletion(LaneId Lane, Guid Token, IReadOnlyList<long> DoneJobs);

/// <param name="Value">As <see cref="TypedJson"/>; null without a value.</param>
public sealed record HeldGlobalValue(string Code, string? Value, long Version);

/// <summary>Everything that is written with one commit.</summary>
public sealed record WorkBatch(IReadOnlyList<ItemWrite> Items, ChangeSet Changes)
{
    public CommandAnswer? Command { get; init; }

    public IReadOnlyList<LaneCompletion> Lanes { get; init; } = [];
}

/// <summary>An item was changed by somebody else between loading and writing; nothing was written.</summary>
public sealed class StaleItemException : Exception;

/// <summary>The lane was taken from this node; nothing was written (invariant I10).</summary>
public sealed class StaleLaneException : Exception;

/// <summary>The command id is known already; nothing was written.</summary>
public sealed class RepeatedCommandException(Guid commandId) : Exception
{
    public Guid CommandId { get; } = commandId;
}

/// <summary>The hot path to the database: set-based statements, one round trip to read and one to write. One per scope.</summary>
public interface IWorkStore
{
    /// <summary>Reads items; a lane locks the rows of its own items, in the order of their refs.</summary>
    Task<LoadedItems> LoadAsync(IReadOnlyCollection<ItemRef> items, bool lockRows, CancellationToken ct);

    /// <summary>Writes everything or nothing. Throws <see cref="StaleItemException"/>, <see cref="StaleLaneException"/>, <see cref="RepeatedCommandException"/>.</summary>
    Task WriteAsync(WorkBatch batch, CancellationToken ct);

    /// <summary>The stored answer of a command id, null when it is unknown.</summary>
    Task<string?> FindAnswerAsync(Guid commandId, CancellationToken ct);

    /// <summary>A global value as it is now, locked until the transaction ends; null when there is none. Takes an open transaction.</summary>
    Task<HeldGlobalValue?> LockGlobalValueAsync(string code, CancellationToken ct);

    /// <summary>The next number of a series, from 0, in the open transaction: whoever comes next waits for its end.</summary>
    Task<long> NextInTurnAsync(string series, CancellationToken ct);

    /// <summary>Opens the lane's transaction: from here on everything runs in it until <see cref="WriteAsync"/> commits it.</summary>
    Task BeginLaneAsync(CancellationToken ct);

    /// <summary>Locks a series of numbers until the transaction ends and answers the last number that was used, 0 for none.</summary>
    Task<long> LockSeriesAsync(string series, CancellationToken ct);

    Task RollBackLaneAsync();
}

/// <summary>Ids of items and rows, handed out in blocks.</summary>
public interface IIdSource
{
    ValueTask<long> NextItemIdAsync(int typeId, CancellationToken ct);

    ValueTask<long> NextRowIdAsync(CancellationToken ct);
}
