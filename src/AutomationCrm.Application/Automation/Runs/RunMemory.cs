using AutomationCrm.Application.Automation.DryRun;
using AutomationCrm.Application.Crm.Timeline;
using AutomationCrm.Application.Data;
using AutomationCrm.Application.Portal;
using AutomationCrm.Domain.Crm;
using Microsoft.EntityFrameworkCore;

namespace AutomationCrm.Application.Automation.Runs;

/// <summary>The runs and robot runs that a batch of lane steps works on, read with a few set-based questions.</summary>
internal sealed class RunMemory(CrmDbContext db, IPortal portal, RehearsalSlot rehearsal)
{
    private readonly Dictionary<long, Run> runs = [];
    private readonly Dictionary<long, List<RobotRun>> robotRuns = [];
    private readonly HashSet<long> withRobotRunsOf = [];
    private readonly Dictionary<ItemRef, List<Run>> active = [];
    private readonly Dictionary<(string Key, int Number), ConfigVersion> versions = [];
    private readonly Dictionary<long, Stages.StageAutomation?> launches = [];
    private readonly Dictionary<ItemRef, long> lastMoves = [];

    public Run? Run(long id) => runs.GetValueOrDefault(id);

    public IReadOnlyList<RobotRun> RobotRunsOf(long runId) => robotRuns.TryGetValue(runId, out var list) ? list : [];

    public IReadOnlyList<Run> ActiveRunsOf(ItemRef item) => active.TryGetValue(item, out var list) ? list : [];

    public void Remember(RobotRun robotRun)
    {
        if (!robotRuns.TryGetValue(robotRun.RunId, out var list)) robotRuns[robotRun.RunId] = list = [];
        list.Add(robotRun);
    }

    public async Task LoadRunsAsync(IReadOnlyCollection<long> ids, bool withRobotRuns, CancellationToken ct)
    {
        var missing = ids.Where(id => !runs.ContainsKey(id)).Distinct().ToArray();
        if (missing.Length > 0)
            foreach (var run in await db.Runs.AsNoTracking().Where(r => missing.Contains(r.Id)).ToListAsync(ct)) runs[run.Id] = run;
        if (withRobotRuns) await LoadRobotRunsAsync(ids, ct);
    }

    /// <summary>Runs that are still open for items, with the robot runs in which they wait.</summary>
    public async Task LoadActiveAsync(IReadOnlyCollection<ItemRef> items, CancellationToken ct)
    {
        var (types, ids) = (items.Select(i => i.TypeId).Distinct().ToArray(), items.Select(i => i.Id).Distinct().ToArray());
        var wanted = items.ToHashSet();
        var found = await db.Runs.AsNoTracking().Where(r => r.State == RunState.Running && types.Contains(r.TypeId) && ids.Contains(r.ItemId)).OrderBy(r => r.Id).ToListAsync(ct);
        // Types and numbers were asked for crosswise; items of other lanes are not locked and must not be remembered.
        found.RemoveAll(r => !wanted.Contains(new(r.TypeId, r.ItemId)));
        foreach (var run in found)
        {
            var known = runs.TryAdd(run.Id, run) ? run : runs[run.Id];
            var item = new ItemRef(run.TypeId, run.ItemId);
            if (!active.TryGetValue(item, out var list)) active[item] = list = [];
            if (!list.Contains(known)) list.Add(known);
        }

        await LoadRobotRunsAsync([.. found.Select(r => r.Id)], ct);
    }

    /// <summary>The last move of items, see <see cref="LeftBehind"/>.</summary>
    public async Task LoadMovesAsync(IReadOnlyCollection<ItemRef> items, CancellationToken ct)
    {
        if (items.Count == 0) return;

        var (types, ids) = (items.Select(i => i.TypeId).Distinct().ToArray(), items.Select(i => i.Id).Distinct().ToArray());
        var moves = await db.Events.AsNoTracking().Where(e => types.Contains(e.TypeId) && ids.Contains(e.ItemId) && (e.Kind == StoredEvent.Moved || e.Kind == StoredEvent.Undone))
            .GroupBy(e => new { e.TypeId, e.ItemId }).Select(g => new { g.Key.TypeId, g.Key.ItemId, Version = g.Max(e => e.Version) }).ToListAsync(ct);
        foreach (var move in moves) lastMoves[new(move.TypeId, move.ItemId)] = move.Version;
    }

    /// <summary>Whether the item has moved on since the run began; it may have come back to the stage meanwhile, which is another visit.</summary>
    public bool LeftBehind(Run run) => lastMoves.GetValueOrDefault(new(run.TypeId, run.ItemId)) > run.ItemVersion;

    // Once per run: a second copy of a robot run would be counted twice.
    private async Task LoadRobotRunsAsync(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var missing = ids.Where(withRobotRunsOf.Add).ToArray();
        if (missing.Length == 0) return;

        foreach (var robotRun in await db.RobotRuns.AsNoTracking().Where(r => missing.Contains(r.RunId)).OrderBy(r => r.Id).ToListAsync(ct)) Remember(robotRun);
    }

    /// <summary>The version a run is pinned to.</summary>
    public async ValueTask<Stages.StageAutomation?> AutomationOfAsync(Run run, CancellationToken ct)
    {
        if (run.LaunchId is { } launch) return await LaunchedAsync(launch, ct);

        var key = Stages.StageAutomation.KeyOf(run.TypeId, run.StageId);
        var current = rehearsal.Current?.Portal ?? portal.Current;
        if (current.StageAutomations.TryGetValue(key, out var newest) && newest.Number == run.ConfigVersion) return current.Compile(newest);

        if (!versions.TryGetValue((key, run.ConfigVersion), out var version))
        {
            version = await db.ConfigVersions.AsNoTracking().FirstOrDefaultAsync(v => v.Kind == Stages.StageAutomation.ConfigKind && v.Key == key && v.Number == run.ConfigVersion, ct);
            if (version is null) return null;
            versions[(key, run.ConfigVersion)] = version;
        }

        return current.Compile(version);
    }

    private async ValueTask<Stages.StageAutomation?> LaunchedAsync(long id, CancellationToken ct)
    {
        if (launches.TryGetValue(id, out var known)) return known;

        var content = await db.Launches.AsNoTracking().Where(l => l.Id == id).Select(l => l.Content).FirstOrDefaultAsync(ct);
        return launches[id] = content is null ? null : Stages.StageAutomation.Parse(0, content);
    }
}
