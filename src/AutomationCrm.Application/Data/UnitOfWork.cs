using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Automation.Triggers;
using AutomationCrm.Application.Crm.Events;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Errors;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;

namespace AutomationCrm.Application.Data;

/// <summary>The identity map and the change set of one command or one batch of lane steps.</summary>
internal sealed class UnitOfWork(IWorkStore store, IIdSource ids, IPortal portal, EventRecorder recorder, TimeProvider clock, Caller caller, RehearsalSlot rehearsal) : IUnitOfWork
{
    private readonly Dictionary<ItemRef, Tracked> items = [];
    private readonly HashSet<ItemRef> touched = [];
    private readonly List<string> hints = [];
    private readonly Queue<Happening> happenings = [];
    private readonly Queue<Func<CancellationToken, Task>> followers = [];
    private int step;
    private DateTimeOffset? now;
    private bool transactionIsOpen;

    public ChangeSet Changes { get; } = new();

    public Caller Caller => caller;

    public PortalSnapshot Portal => rehearsal.Current?.Portal ?? portal.Current;

    // PostgreSQL keeps microseconds; a finer value would not come back as it was sent.
    public DateTimeOffset Now => now ??= rehearsal.Current?.Now ?? Truncate(clock.GetUtcNow());

    /// <summary>Commands inside a command (or inside a lane) are part of it and commit with it.</summary>
    public int Depth { get; set; }

    /// <summary>Whether the executor owns the transaction.</summary>
    public bool InLane { get; set; }

    public IReadOnlyList<string> Hints => hints;

    public async ValueTask<Item> GetItemAsync(ItemRef item, CancellationToken ct) =>
        await FindItemAsync(item, ct) ?? throw NotFoundException.Of(item);

    public async ValueTask<Item?> FindItemAsync(ItemRef item, CancellationToken ct)
    {
        if (!items.ContainsKey(item)) await LoadItemsAsync([item], ct);
        var tracked = items[item];
        if (InLane) Touch(item, tracked);
        return tracked.Item is { IsDeleted: false } found ? found : null;
    }

    public ValueTask LoadItemsAsync(IReadOnlyCollection<ItemRef> wanted, CancellationToken ct) => LoadAsync(wanted, lockRows: false, ct);

    public ValueTask LockItemsAsync(IReadOnlyCollection<ItemRef> wanted, CancellationToken ct) => LoadAsync(wanted, lockRows: true, ct);

    public async ValueTask LockForCommandAsync(IReadOnlyCollection<ItemRef> wanted, CancellationToken ct)
    {
        if (!InLane && !transactionIsOpen)
        {
            await store.BeginLaneAsync(ct);
            transactionIsOpen = true;
        }

        await LoadAsync(wanted, lockRows: true, ct);
    }

    private async ValueTask LoadAsync(IReadOnlyCollection<ItemRef> wanted, bool lockRows, CancellationToken ct)
    {
        var missing = wanted.Where(w => !items.ContainsKey(w)).Distinct().ToList();
        if (missing.Count == 0) return;

        var loaded = await store.LoadAsync(missing, lockRows, ct);
        await portal.AtLeastAsync(loaded.Stamp, ct);
        foreach (var item in loaded.Items) items[item.Ref] = new(item, item.Version);
        foreach (var item in missing) items.TryAdd(item, new(null, 0));
    }

    public async ValueTask<Item> CreateItemAsync(ItemType type, CancellationToken ct)
    {
        var item = Item.New(type, rehearsal.Current?.NextItemId() ?? await ids.NextItemIdAsync(type.Id, ct));
        items[item.Ref] = new(item, 0);
        if (InLane) touched.Add(item.Ref);
        return item;
    }

    public void Adopt(Item item)
    {
        items[item.Ref] = new(item, 0);
        if (InLane) touched.Add(item.Ref);
    }

    public ValueTask<long> NextIdAsync(CancellationToken ct) => rehearsal.Current is { } trial ? new(trial.NextRowId()) : ids.NextRowIdAsync(ct);

    public ValueTask<long> NextLaneIdAsync(CancellationToken ct) => rehearsal.Current is { } trial ? new(trial.NextItemId()) : ids.NextRowIdAsync(ct);

    public async ValueTask<long> TakeNumberAsync(string series, CancellationToken ct)
    {
        if (!InLane && !transactionIsOpen)
        {
            await store.BeginLaneAsync(ct);
            transactionIsOpen = true;
        }

        var last = Changes.TakenNumbers.FindLast(t => t.Series == series)?.Number ?? await store.LockSeriesAsync(series, ct);
        Changes.Add(Changes.TakenNumbers, new(series, last + 1));
        return last + 1;
    }

    public void Raise(Happening happened) => happenings.Enqueue(happened);

    public void Follow(Func<CancellationToken, Task> next) => followers.Enqueue(next);

    public void Hint(string topic)
    {
        if (!hints.Contains(topic)) hints.Add(topic);
    }

    /// <summary>Turns what a command changed into events, history and reactions.</summary>
    public async ValueTask RecordAsync(CancellationToken ct)
    {
        // Reactions add rows and jobs and may read items; they never change one, so one pass is enough. What follows is a command of its own.
        foreach (var item in items.Values.Select(t => t.Item).OfType<Item>().Where(i => i.HasChanges || i.IsNew).ToList())
            if (item.TakeEvent(caller.PersonId, Now) is { } taken) await recorder.RecordAsync(this, item, taken, ct);
        while (happenings.TryDequeue(out var happened)) await recorder.RecordAsync(this, happened, ct);
        while (followers.TryDequeue(out var next)) await next(ct);
    }

    /// <summary>Everything so far, ready to be written.</summary>
    public WorkBatch ToBatch()
    {
        TaskDeadlines.Plan(Changes);
        return new([.. Dirty()], Changes);
    }

    public bool HasWrites => !Changes.IsEmpty || Dirty().Any();

    /// <summary>Remembers the state before a step of a lane; items are copied when the step first looks at them.</summary>
    public Checkpoint Mark()
    {
        step++;
        touched.Clear();
        return new(Changes.Mark, hints.Count);
    }

    /// <summary>Takes a failed step back.</summary>
    public void RollBackTo(Checkpoint checkpoint)
    {
        Changes.RollBackTo(checkpoint.Changes);
        foreach (var key in touched)
        {
            var tracked = items[key];
            if (tracked.Backup is null) items.Remove(key);
            else tracked.Item = tracked.Backup;
        }

        touched.Clear();
        happenings.Clear();
        followers.Clear();
        hints.RemoveRange(checkpoint.Hints, hints.Count - checkpoint.Hints);
    }

    /// <summary>Forgets everything, before a command is tried again or a new batch begins.</summary>
    public void Reset()
    {
        items.Clear();
        touched.Clear();
        hints.Clear();
        happenings.Clear();
        followers.Clear();
        Changes.Clear();
        now = null;
        transactionIsOpen = false;
        Depth = 0;
    }

    /// <summary>What follows is dated at this moment: demo history, imports.</summary>
    public void TravelTo(DateTimeOffset moment) => now = Truncate(moment);

    private void Touch(ItemRef key, Tracked tracked)
    {
        if (tracked.BackupStep == step || tracked.Item is null) return;

        tracked.Backup = tracked.Item.Clone();
        tracked.BackupStep = step;
        touched.Add(key);
    }

    private static DateTimeOffset Truncate(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMicrosecond), at.Offset);

    private IEnumerable<ItemWrite> Dirty()
    {
        foreach (var tracked in items.Values)
        {
            if (tracked.Item is not { } item || item.Version == tracked.LoadedVersion) continue;
            if (item.IsDeleted && tracked.LoadedVersion == 0) continue;
            yield return new(item, tracked.LoadedVersion);
        }
    }

    internal readonly record struct Checkpoint(int Changes, int Hints);

    private sealed class Tracked(Item? item, long loadedVersion)
    {
        public Item? Item { get; set; } = item;

        public long LoadedVersion { get; } = loadedVersion;

        public Item? Backup { get; set; }

        public int BackupStep { get; set; }
    }
}
