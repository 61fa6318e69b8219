using AutomationCrm.Application.Automation.Runs;
using AutomationCrm.Application.Common.Calls;
using AutomationCrm.Application.Common.Messaging;
using AutomationCrm.Application.Data;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Scripts;

/// <summary>How far an item of a launch is (reference bitrix-automation 1.7).</summary>
public enum LaunchItemState
{
    Queued,
    Executing,
    Failed,
    Terminated,
    Completed,
}

/// <summary>What was started, newest first: one's own, for administrators everybody's.</summary>
public sealed record ListLaunches(int Take = 30) : IRequest<IReadOnlyList<LaunchView>>;

/// <summary>One launch with its items; those that need a look come first.</summary>
public sealed record GetLaunch(long Id, int Take = 200) : IRequest<LaunchDetails?>;

/// <param name="Counts">Items by state.</param>
public sealed record LaunchView(Launch Launch, IReadOnlyDictionary<LaunchItemState, int> Counts)
{
    public int Of(LaunchItemState state) => Counts.GetValueOrDefault(state);

    public bool IsOver => Of(LaunchItemState.Queued) + Of(LaunchItemState.Executing) == 0;
}

public sealed record LaunchDetails(LaunchView View, IReadOnlyList<LaunchItemView> Items);

/// <param name="Title">Null when the item is gone.</param>
public sealed record LaunchItemView(ItemRef Item, string? Title, LaunchItemState State, string? Reason, long? RunId);

internal sealed class ListLaunchesHandler(CrmDbContext db, LaunchReader reader, Caller caller) : IRequestHandler<ListLaunches, IReadOnlyList<LaunchView>>
{
    public async Task<IReadOnlyList<LaunchView>> Handle(ListLaunches request, CancellationToken cancellationToken)
    {
        var launches = await db.Launches.AsNoTracking().Where(l => caller.IsAdmin || l.AuthorId == caller.PersonId).OrderByDescending(l => l.Id).Take(request.Take).ToListAsync(cancellationToken);
        return await reader.ViewsAsync(launches, cancellationToken);
    }
}

internal sealed class GetLaunchHandler(CrmDbContext db, LaunchReader reader, IUnitOfWork work, Caller caller) : IRequestHandler<GetLaunch, LaunchDetails?>
{
    public async Task<LaunchDetails?> Handle(GetLaunch request, CancellationToken cancellationToken)
    {
        var launch = await db.Launches.AsNoTracking().FirstOrDefaultAsync(l => l.Id == request.Id && (caller.IsAdmin || l.AuthorId == caller.PersonId), cancellationToken);
        if (launch is null) return null;

        var rows = await reader.Items([launch.Id]).OrderBy(i => i.Position).Take(request.Take).ToListAsync(cancellationToken);
        await work.LoadItemsAsync([.. rows.Select(r => new ItemRef(launch.TypeId, r.ItemId))], cancellationToken);
        var items = new List<LaunchItemView>();
        foreach (var row in rows)
        {
            var item = await work.FindItemAsync(new(launch.TypeId, row.ItemId), cancellationToken);
            items.Add(new(new(launch.TypeId, row.ItemId), item?.Title, LaunchReader.StateOf(row.Run, row.Failed, row.Reason, launch.State), row.Reason, row.RunId));
        }

        return new((await reader.ViewsAsync([launch], cancellationToken))[0], [.. items.OrderBy(i => i.State switch { LaunchItemState.Failed => 0, LaunchItemState.Executing => 1, LaunchItemState.Queued => 2, LaunchItemState.Terminated => 3, _ => 4 })]);
    }
}

/// <summary>Reads how far launches are from their items' runs; nothing is counted twice, because nothing is counted beforehand.</summary>
internal sealed class LaunchReader(CrmDbContext db)
{
    public sealed class Row
    {
        public long LaunchId { get; init; }

        public int Position { get; init; }

        public long ItemId { get; init; }

        public long? RunId { get; init; }

        public string? Reason { get; init; }

        public RunState? Run { get; init; }

        /// <summary>A robot of the run waits for somebody.</summary>
        public bool Failed { get; init; }
    }

    public IQueryable<Row> Items(IReadOnlyCollection<long> launches) =>
        from item in db.LaunchItems.AsNoTracking()
        where launches.Contains(item.LaunchId)
        join run in db.Runs.AsNoTracking() on item.RunId equals run.Id into runs
        from run in runs.DefaultIfEmpty()
        select new Row
        {
            LaunchId = item.LaunchId,
            Position = item.Position,
            ItemId = item.ItemId,
            RunId = item.RunId,
            Reason = item.Reason,
            Run = run == null ? null : run.State,
            Failed = run != null && db.RobotRuns.Any(r => r.RunId == run.Id && r.State == RobotRunState.Incident),
        };

    public async Task<IReadOnlyList<LaunchView>> ViewsAsync(IReadOnlyList<Launch> launches, CancellationToken ct)
    {
        var ids = launches.Select(l => l.Id).ToArray();
        var counted = await Items(ids).GroupBy(r => new { r.LaunchId, r.Run, r.Failed, HasRun = r.RunId != null, HasReason = r.Reason != null }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return
        [
            .. launches.Select(l => new LaunchView(l, counted.Where(c => c.Key.LaunchId == l.Id)
                .GroupBy(c => StateOf(c.Key.Run, c.Key.Failed, c.Key.HasReason ? "" : null, l.State)).ToDictionary(g => g.Key, g => g.Sum(c => c.Count)))),
        ];
    }

    public static LaunchItemState StateOf(RunState? run, bool failed, string? reason, LaunchState launch) => (run, failed) switch
    {
        (_, true) => LaunchItemState.Failed,
        (RunState.Running, _) => LaunchItemState.Executing,
        (RunState.Done, _) => LaunchItemState.Completed,
        (not null, _) => LaunchItemState.Terminated,
        _ when reason is not null || launch == LaunchState.Cancelled => LaunchItemState.Terminated,
        _ => LaunchItemState.Queued,
    };
}
